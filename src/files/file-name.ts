import path from 'node:path';
import { keepsEnding } from './kept-endings.ts';
import { isObeyed } from './obeyed-names.ts';

/** Room that every file system has for a name, less what a number and a passing suffix take, in bytes. */
const LONGEST_NAME = 150;

/** Names that Windows keeps for devices (https://learn.microsoft.com/windows/win32/fileio/naming-a-file). */
const DEVICE = /^(?:con(?:in\$|out\$)?|prn|aux|nul|(?:com|lpt)[\d¹²³])\s*(?:\.|$)/iu;

/** Characters that no name should have: separators, what Windows refuses, and what nobody can see. */
const UNUSUAL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"/\\|?*]/gu;

/**
 * A name for a file of which a stranger chose the name: one component, visible, short, of no device. It ends in
 * `.download` where its ending is none of those that are known to run nothing, or where agents and tools would obey a
 * file of that name. The dots before a name are gone, so it is no hidden file either.
 */
export function safeFileName(given: string): string {
  const last =
    given
      .toWellFormed()
      .split(/[/\\]/)
      .findLast((piece) => piece.trim() !== '') ?? '';
  const visible = last.replace(UNUSUAL, '_').replace(/\s+/g, ' ').trim();
  const bare = visible.replace(/^[. ]+/, '').replace(/[. ]+$/, '');
  const named = bare === '' ? 'attachment' : DEVICE.test(bare) ? `_${bare}` : bare;
  const short = shorten(named);
  return isKept(short) ? short : `${short}.download`;
}

/** What was renamed once stays as it is. */
function isKept(name: string): boolean {
  return name.endsWith('.download') || (keepsEnding(name) && !isObeyed(name));
}

/** Keeps the extension, where it is one. */
function shorten(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST_NAME) return name;
  const { name: stem, ext } = path.parse(name);
  const extension = Buffer.byteLength(ext) <= 20 ? ext : '';
  let kept = '';
  for (const character of extension ? stem : name) {
    if (Buffer.byteLength(kept + character + extension) > LONGEST_NAME) break;
    kept += character;
  }
  return `${kept.replace(/[. ]+$/, '')}${extension}`;
}

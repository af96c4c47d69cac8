import path from 'node:path';

/** Room that every file system has for a name, less what a number and a passing suffix take, in bytes. */
const LONGEST_NAME = 150;

/** Names that Windows keeps for devices (https://learn.microsoft.com/windows/win32/fileio/naming-a-file). */
const DEVICE = /^(?:con(?:in\$|out\$)?|prn|aux|nul|(?:com|lpt)[\d¹²³])\s*(?:\.|$)/iu;

/** Characters that no name should have: separators, what Windows refuses, and what nobody can see. */
const UNUSUAL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"/\\|?*]/gu;

/** Files that run when they are opened. */
const RUNS =
  /\.(?:exe|com|scr|pif|msi|msix|bat|cmd|ps1|psm1|vbs?|vbe|jse?|wsf?|wsh|hta|jar|app|command|sh|bash|zsh|csh|desktop|lnk|url|webloc|reg|inf|cpl|dll|sys|scf|chm|appimage|deb|rpm|pkg|dmg|iso|vhdx?|pyw?|rb|pl|jnlp|msc|msp|inetloc|fileloc|terminal|scpt|application|appref-ms|xll)$/i;

/**
 * A name for a file of which a stranger chose the name: one component, visible, short, of no device, and nothing that
 * a double click would run.
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
  return RUNS.test(short) ? `${short}.download` : short;
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

import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface SourceFile {
  /** Relative to src/, with slashes. */
  path: string;
  text: string;
  /** What it imports of src/, relative to it, and of packages, however an import is spelled. */
  imports: readonly string[];
}

/** Every file of src/ that is TypeScript. */
export function sourceFiles(): SourceFile[] {
  const paths = readdirSync(`${ROOT}src`, { recursive: true, encoding: 'utf8' }).map((path) =>
    path.replaceAll('\\', '/'),
  );
  return paths
    .filter((path) => path.endsWith('.ts'))
    .map((path) => {
      const text = readFileSync(`${ROOT}src/${path}`, 'utf8');
      return { path, text, imports: importsOf(path, text) };
    });
}

function importsOf(path: string, text: string): string[] {
  const found = text.matchAll(/\b(?:from|import)\s*\(?\s*'([^'\n]+)'/g);
  return Array.from(found, ([, specifier = '']) =>
    specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier,
  );
}

import { readFileSync } from 'node:fs';

/** Where the packages lie that are bundled. */
export const PACKAGES = new URL('../node_modules/', import.meta.url);

/** Matches the path of a file of a package, on every system. */
export function fileFilter(file) {
  return new RegExp(`[\\\\/]node_modules[\\\\/]${file.replaceAll('.', '\\.').replaceAll('/', '[\\\\/]')}$`);
}

/**
 * The text of a library's file with some of it written otherwise.
 *
 * @param {(string | RegExp | ((...match: string[]) => string))[][]} changes what is written, and what stands in its place
 */
export function rewritten(file, changes) {
  return changes.reduce(
    (text, [written, instead]) => {
      const changed = text.replace(written, instead);
      if (changed === text) throw new Error(`${file} has changed: see what it does now instead of ${written}`);
      return changed;
    },
    readFileSync(file, 'utf8'),
  );
}

/** Where the packages lie that are bundled. */
export const PACKAGES = new URL('../node_modules/', import.meta.url);

/** Matches the path of a file of a package, on every system. */
export function fileFilter(file) {
  return new RegExp(`[\\\\/]node_modules[\\\\/]${file.replaceAll('.', '\\.').replaceAll('/', '[\\\\/]')}$`);
}

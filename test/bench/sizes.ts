import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../support/source-files.ts';
import { vsixFile } from '../workbench/support/fixture.ts';

export interface FileSize {
  file: string;
  /** 10^3 bytes. */
  kilobytes: number;
}

/** The bundles and the packaged extension. Throws where `npm run package` has not been run. */
export function sizes(): FileSize[] {
  const dist = path.join(ROOT, 'dist');
  const files = [...readdirSync(dist).map((file) => path.join(dist, file)), vsixFile()];
  return files.map((file) => ({ file: path.relative(ROOT, file), kilobytes: statSync(file).size / 1000 }));
}

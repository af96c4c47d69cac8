/** `npm run readme`: writes the table of tools into README.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withToolTable } from './tool-table.ts';

const README = fileURLToPath(new URL('../../README.md', import.meta.url));
writeFileSync(README, withToolTable(readFileSync(README, 'utf8')));

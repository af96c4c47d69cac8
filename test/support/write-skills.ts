/** `npm run skills`: writes the prompts as agent skills into media/skills. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { skillFiles } from './skill-files.ts';
import { ROOT } from './source-files.ts';

rmSync(path.join(ROOT, 'media', 'skills'), { recursive: true, force: true });
for (const [file, text] of skillFiles()) {
  mkdirSync(path.dirname(path.join(ROOT, file)), { recursive: true });
  writeFileSync(path.join(ROOT, file), text);
}

/** `npm run rooms`: writes the linter's rules about rooms. */
import { writeFileSync } from 'node:fs';
import { linterRules } from './rooms.ts';

writeFileSync(new URL('../../.biome.rooms.json', import.meta.url), JSON.stringify(linterRules()));

/**
 * `npm run workbench`: the real workbench with the extension, the sandbox account and a scripted model, for a person
 * with a browser.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { PLAYBOOK } from './playbook.ts';
import { packageCompanion } from './support/companion.ts';
import { vsixFile } from './support/fixture.ts';
import { startWorkbench } from './support/workbench.ts';

const workbench = await startWorkbench({
  vsixFiles: [vsixFile(), await packageCompanion('sandbox'), await packageCompanion('model')],
  removesProfile: true,
});
writeFileSync(path.join(workbench.profile.companion, 'model-script.json'), JSON.stringify(PLAYBOOK));
console.log(`\nThe workbench runs at ${workbench.url}/?folder=${workbench.profile.workspace}`);
console.log('The sandbox account is signed in as soon as the window has opened; nothing in it is real.');
console.log('Write "new", "answer", "tidy" or "undo" in the chat: a script plays the model.');
console.log('Press Ctrl+C to end it; its profile is deleted then.\n');

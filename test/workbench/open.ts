/** `npm run workbench`: the real workbench with the extension and the sandbox account, for a person with a browser. */
import { once } from 'node:events';
import { packageCompanion } from './support/companion.ts';
import { vsixFile } from './support/fixture.ts';
import { startWorkbench } from './support/workbench.ts';

const workbench = await startWorkbench({ vsixFiles: [vsixFile(), await packageCompanion('sandbox')] });
console.log(`\nThe workbench runs at ${workbench.url}/?folder=${workbench.profile.workspace}`);
console.log('The sandbox account is signed in as soon as the window has opened; nothing in it is real.');
console.log('Press Ctrl+C to end it; its profile is deleted then.\n');
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
await workbench.remove();
process.exit(0);

/**
 * `npm run screenshots [-- FOLDER]`: every surface of the extension in each theme. Nothing of it is kept in the
 * repository: it is made to be looked at.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Album, THEMES } from './screenshots/album.ts';
import { takeDays, takeTrouble } from './screenshots/days.ts';
import { takeGate } from './screenshots/gate.ts';
import { takeStart } from './screenshots/start.ts';
import { startFixture } from './support/fixture.ts';
import { enableChat } from './support/scripted-model.ts';

const VIEWPORT = { width: 1280, height: 800 };

const folder = path.resolve(process.argv[2] ?? mkdtempSync(path.join(tmpdir(), 'screenshots-')));
const settings = {
  'workbench.colorTheme': THEMES.light,
  'chat.commandCenter.enabled': false,
  'chat.permissions.default': 'autoApprove',
};
const fixture = await startFixture({ settings });
try {
  const album = new Album(fixture, folder);
  await fixture.ui.page.setViewportSize(VIEWPORT);
  await takeStart(album);
  await fixture.ui.runCommand('Chat: Open Chat (Agent)');
  await enableChat(fixture.ui, fixture.driver);
  await takeDays(album);
  await takeGate(album);
  await takeTrouble(album);
  console.log(`${album.pictures} pictures in each of ${Object.keys(THEMES).length} themes are in ${folder}`);
} finally {
  await fixture.close();
}

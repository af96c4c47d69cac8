import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { MESSAGE_BUTTONS } from '../../src/editor/command-ids.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const VSCE = path.join(ROOT, 'node_modules', '@vscode', 'vsce', 'vsce');

interface MenuItem {
  command: string;
  when: string;
}

const { contributes, engines, extensionKind } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

/**
 * Loads the extension and calls it as VS Code does, with a class in place of whatever it takes of VS Code, and says which
 * files each of both takes.
 */
const LOAD = `
  const Module = require('node:module');
  const load = Module._load;
  const vscode = new Proxy({}, { get: () => class {} });
  Module._load = (request, ...rest) => (request === 'vscode' ? vscode : load(request, ...rest));
  const { activate } = require(process.argv[1]);
  const loaded = Object.keys(require.cache);
  // There is no VS Code: it ends where it asks for something.
  activate({}).catch(() => {
    console.log(JSON.stringify({ loaded, called: Object.keys(require.cache) }));
  });
`;

const hidden = (items: readonly MenuItem[]): string[] =>
  items
    .filter(({ when }) => when === 'false')
    .map(({ command }) => command)
    .sort();

describe('the VSIX', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hg-vsix-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('holds what it needs and nothing else', () => {
    const listed = execFileSync(process.execPath, [VSCE, 'ls', '--no-dependencies'], { cwd: ROOT, encoding: 'utf8' });
    // What the bundles share stands in files named by their content, or by that of the first piece.
    const isPart = (file: string) => /^dist\/(?:part|server)-[A-Z\d]{8}\.js$/.test(file);
    const files = listed.trim().split('\n');
    assert.ok(files.some(isPart));
    assert.deepEqual(files.filter((file) => !isPart(file)).sort(), [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'dist/extension.js',
      'dist/sandbox.js',
      'dist/server-process.js',
      'dist/server-reading.js',
      'dist/server-thread.js',
      'dist/server.js',
      'dist/third-party-notices.txt',
      'media/icon.png',
      ...contributes.chatSkills.map(({ path: file }: { path: string }) => file.replace('./', '')).sort(),
      ...contributes.walkthroughs[0].steps.map(({ media }: { media: { svg: string } }) => media.svg).sort(),
      'package.json',
    ]);
  });

  it('loads little when VS Code starts it, and nothing of the library that checks what is stored', () => {
    const entry = path.join(ROOT, 'dist', 'extension.js');
    const args = ['--eval', LOAD, entry];
    const { loaded, called } = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
    assert.deepEqual(loaded, [entry]);
    assert.ok(called.length > 1 && called.length <= 6, called.join('\n'));
    const texts = called.map((file: string) => readFileSync(file, 'utf8'));
    assert.ok(texts.join('').length < 130 * 1024, 'more than 130 KB are read at the start');
    assert.ok(!texts.some((text: string) => text.includes('ZodError')));
  });

  it('is packaged without a warning', () => {
    const vsix = path.join(folder, 'packaged.vsix');
    const args = [VSCE, 'package', '--no-dependencies', '--out', vsix];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    assert.doesNotMatch(stdout + stderr, /warn/i);
    assert.ok(readFileSync(vsix).length <= 900 * 1024, 'the VSIX has grown beyond 900 KB');
  });

  it('contributes the commands that the extension registers', () => {
    const titles = contributes.commands.map(({ category, title }: Record<string, string>) => `${category}: ${title}`);
    assert.deepEqual(titles, [
      'Gmail: Sign In…',
      'Gmail: Use a Refresh Token to Sign In…',
      'Gmail: Try the Sandbox Mailbox',
      'Gmail: Refresh Access Token',
      'Gmail: Refresh All Access Tokens',
      'Gmail: Change Access Level…',
      'Gmail: Choose Default Account…',
      'Gmail: Choose Folder for Attachments…',
      'Gmail: Change When Sending Asks…',
      'Gmail: Undo the Agent’s Last Change',
      'Gmail: Show Activity',
      'Gmail: Clear Activity',
      'Gmail: Show Accounts',
      'Gmail: Sign Out',
      'Gmail: Sign Out Everywhere and Delete Stored Data',
      'Gmail: Show Log',
      'Gmail: Send This Message',
      'Gmail: Save This Message as Draft',
      'Gmail: Discard This Message',
    ]);
    const shown = Object.keys(MESSAGE_BUTTONS).sort();
    assert.deepEqual(hidden(contributes.menus.commandPalette), shown);
    assert.deepEqual(contributes.menus['editor/title'].map(({ command }: MenuItem) => command).sort(), shown);
    const scopes = Object.entries<{ scope: string }>(contributes.configuration.properties);
    // A workspace, which may be a stranger's, must not decide any of them.
    const machine = [
      ...['clientFile', 'maximumAccess', 'hiddenQuery', 'showCodes', 'recordActivity', 'recordSearches'],
      'allowedRecipients',
    ];
    assert.deepEqual(
      scopes.map(([name, { scope }]) => [name, scope]),
      [...machine.map((name) => [name, 'machine']), ['showStatusBarItem', 'application']].map(([name, scope]) => [
        `headlessGmail.${name}`,
        scope,
      ]),
    );
    assert.deepEqual(contributes.mcpServerDefinitionProviders, [{ id: 'headlessGmail', label: 'Gmail' }]);
    assert.deepEqual(extensionKind, ['ui', 'workspace']);
    assert.match(engines.vscode, /^\^1\.1\d\d\.0$/);
  });
});

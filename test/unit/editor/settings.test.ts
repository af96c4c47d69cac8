import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { targetOf } from '../../../src/editor/command-ids.ts';
import { problemOf } from '../support.ts';
import { standInForVscode } from './vscode-stand-in.ts';

let settings: Record<string, string> = {};
standInForVscode({
  workspace: { getConfiguration: (section: string) => ({ get: (name: string) => settings[`${section}.${name}`] }) },
});
const { maximumLevel, presetClient } = await import('../../../src/editor/settings.ts');

describe('the most that an administrator allows', () => {
  const levels: [string | undefined, string][] = [
    [undefined, 'full'],
    ['', 'full'],
    ['full', 'full'],
    ['organise', 'organise'],
    [' draft ', 'draft'],
    ['read', 'read'],
    ['Read', 'read'],
    ['everything', 'read'],
  ];
  for (const [value, level] of levels) {
    it(`is ${level} where the setting is ${value === undefined ? 'absent' : `“${value}”`}`, () => {
      settings = value === undefined ? {} : { 'headlessGmail.maximumAccess': value };
      assert.equal(maximumLevel(), level);
    });
  }
});

describe('the OAuth client of this machine', () => {
  const installed = { client_id: '1-abc.apps.googleusercontent.com', client_secret: 'GOCSPX-secret' };
  let folder: string;
  let file: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'hg-settings-'));
    file = path.join(folder, 'client.json');
  });
  beforeEach(() => {
    settings = { 'headlessGmail.clientFile': file };
  });
  after(() => rm(folder, { recursive: true }));

  it('is none where no file is set', async () => {
    for (const value of ['', '  ']) {
      settings = { 'headlessGmail.clientFile': value };
      assert.equal(await presetClient(), undefined);
    }
  });

  it('is read from the file', async () => {
    await writeFile(file, JSON.stringify({ installed }));
    const expected = { clientId: installed.client_id, clientSecret: installed.client_secret, sandboxOrigin: undefined };
    assert.deepEqual(await presetClient(), expected);
  });

  it('is a problem where the file is none, or is not there', async () => {
    await writeFile(file, '{');
    assert.equal((await problemOf(presetClient)).code, 'client_file_wrong');
    settings = { 'headlessGmail.clientFile': path.join(folder, 'absent.json') };
    const problem = await problemOf(presetClient);
    assert.equal(problem.code, 'client_file_wrong');
    assert.match(problem.explain('person').why, /headlessGmail\.clientFile/);
  });
});

describe('the argument of a command', () => {
  const given: [unknown, object][] = [
    [undefined, {}],
    [null, {}],
    ['me@example.org', {}],
    [{}, {}],
    [{ email: 'me@example.org' }, { email: 'me@example.org' }],
    [
      { email: 'me@example.org', replaceClient: true },
      { email: 'me@example.org', replaceClient: true },
    ],
    [{ email: 5, replaceClient: 'yes', other: 1 }, {}],
    [{ replaceClient: false }, {}],
  ];
  for (const [argument, target] of given) {
    it(`${JSON.stringify(argument)} is ${JSON.stringify(target)}`, () => assert.deepEqual(targetOf(argument), target));
  }
});

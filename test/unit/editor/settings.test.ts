import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { targetOf } from '../../../src/editor/command-ids.ts';
import { problemOf } from '../support.ts';
import { standInForVscode } from './vscode-stand-in.ts';

let settings: Record<string, unknown> = {};
standInForVscode({
  workspace: { getConfiguration: (section: string) => ({ get: (name: string) => settings[`${section}.${name}`] }) },
});
const { choosableLevel, limitsAsSet, presetClient, recordsSearches, wrongSettings } = await import(
  '../../../src/editor/settings.ts'
);

describe('the most that an administrator allows', () => {
  const levels: [unknown, string | undefined][] = [
    [undefined, 'full'],
    ['', 'full'],
    ['full', 'full'],
    ['organise', 'organise'],
    [' draft ', 'draft'],
    ['read', 'read'],
    ['Read', undefined],
    ['everything', undefined],
    [5, undefined],
    [['full'], undefined],
  ];
  for (const [value, level] of levels) {
    it(`is ${level ?? 'not known'} where the setting is ${JSON.stringify(value) ?? 'absent'}`, async () => {
      settings = value === undefined ? {} : { 'headlessGmail.maximumAccess': value };
      assert.equal(limitsAsSet().maximumAccess, level);
      if (level) assert.equal(choosableLevel(), level);
      else assert.equal((await problemOf(choosableLevel)).code, 'maximum_access_wrong');
    });
  }
});

describe('what is recorded', () => {
  it('is all but searches, unless a switch says exactly something else', () => {
    for (const value of [undefined, 'false', 0, null, {}, true]) {
      settings = { 'headlessGmail.recordActivity': value, 'headlessGmail.recordSearches': value || 'true' };
      assert.equal(limitsAsSet().recordsActivity, true);
      assert.equal(recordsSearches(), value === true);
    }
    settings = { 'headlessGmail.recordActivity': false };
    assert.equal(limitsAsSet().recordsActivity, false);
  });
});

describe('what is kept out of reach', () => {
  it('is nothing but codes where nothing is set', () => {
    settings = {};
    assert.deepEqual(limitsAsSet(), {
      hiddenQuery: '',
      showsCodes: false,
      maximumAccess: 'full',
      recordsActivity: true,
    });
    assert.deepEqual(wrongSettings(), []);
  });

  it('is no code where the switch is not exactly on', () => {
    for (const value of ['true', 1, {}, null, false]) {
      settings = { 'headlessGmail.showCodes': value };
      assert.equal(limitsAsSet().showsCodes, false);
    }
    settings = { 'headlessGmail.showCodes': true };
    assert.equal(limitsAsSet().showsCodes, true);
  });

  const wrong: [object, string[]][] = [
    [{ 'headlessGmail.hiddenQuery': ' label:private ' }, []],
    [{ 'headlessGmail.hiddenQuery': 'lable:private' }, ['headlessGmail.hiddenQuery hidden_query_wrong']],
    [{ 'headlessGmail.hiddenQuery': ['label:private'] }, ['headlessGmail.hiddenQuery hidden_query_wrong']],
    [{ 'headlessGmail.maximumAccess': 'raed' }, ['headlessGmail.maximumAccess maximum_access_wrong']],
    [
      { 'headlessGmail.hiddenQuery': '(', 'headlessGmail.maximumAccess': {} },
      ['headlessGmail.hiddenQuery hidden_query_wrong', 'headlessGmail.maximumAccess maximum_access_wrong'],
    ],
  ];
  for (const [set, expected] of wrong) {
    it(`${JSON.stringify(set)} has ${expected.length} slips`, () => {
      settings = { ...set };
      assert.deepEqual(
        wrongSettings().map(([name, { code }]) => `${name} ${code}`),
        expected,
      );
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
    const broken = await problemOf(presetClient);
    assert.equal(broken.code, 'client_setting_wrong');
    assert.match(
      broken.explain('person').why,
      /headlessGmail\.clientFile names a file; its JSON is cut off or broken\.$/,
    );
    settings = { 'headlessGmail.clientFile': path.join(folder, 'absent.json') };
    const problem = await problemOf(presetClient);
    assert.equal(problem.code, 'client_setting_wrong');
    assert.match(problem.explain('person').why, /it is not there, or not readable/);
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

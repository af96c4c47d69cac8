import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { COMMANDS, MESSAGE_BUTTONS } from '../../../src/editor/command-ids.ts';
import { contextOf, type GmailState, type Mailbox, NOTHING } from '../../../src/editor/status/mailboxes.ts';
import { holds, type Manifest, menuRows } from '../../../src/editor/status/menu.ts';
import { statusText } from '../../../src/editor/status/status-text.ts';
import { ROOT } from '../../support/source-files.ts';

const manifest: Manifest = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
const NOW = Date.parse('2026-11-27T12:00:00Z');
const HOUR = 3_600_000;

const ann: Mailbox = { email: 'ann@x', isSandbox: false, level: 'full', allowed: 'full' };
const bob: Mailbox = { email: 'bob@x', isSandbox: false, level: 'full', allowed: 'read' };
const box: Mailbox = { email: 'robin@sandbox', isSandbox: true, level: 'full', allowed: 'full' };
const dead = { trouble: 'grant_dead' };

const STATES = {
  'nobody has ever signed in': NOTHING,
  'everybody has signed out': { ...NOTHING, hasStoredData: true, hasActivity: true },
  'a sign-in cannot be read': { ...NOTHING, unreadable: ['old@x'], hasStoredData: true, hasActivity: true },
  'the sandbox is there': { ...NOTHING, mailboxes: [box], hasStoredData: true, hasActivity: true },
  'one account is there': { ...NOTHING, mailboxes: [ann], hasStoredData: true, hasActivity: true },
  'two accounts are there, and a change to undo': {
    ...NOTHING,
    mailboxes: [ann, bob],
    hasStoredData: true,
    hasActivity: true,
    canUndo: true,
  },
} satisfies Record<string, GmailState>;

const ALWAYS = ['Sign In…', 'Use a Refresh Token to Sign In…'];
const SANDBOX = 'Try the Sandbox Mailbox';
const STORED = ['Sign Out Everywhere and Delete Stored Data', 'Show Activity', 'Clear Activity'];
const KNOWN = ['Show Accounts', 'Show Log', 'Sign Out'];
const ONE = [
  'Change Access Level…',
  'Change When Sending Asks…',
  'Choose Folder for Attachments…',
  'Refresh Access Token',
  ...KNOWN,
];
const SEVERAL = ['Choose Default Account…', 'Refresh All Access Tokens'];

/** The titles that are shown in each state. */
const SHOWN: Record<keyof typeof STATES, string[]> = {
  'nobody has ever signed in': [...ALWAYS, SANDBOX],
  'everybody has signed out': [...ALWAYS, SANDBOX, ...STORED],
  'a sign-in cannot be read': [...ALWAYS, SANDBOX, ...STORED, ...KNOWN],
  'the sandbox is there': [...ALWAYS, ...STORED, ...ONE],
  'one account is there': [...ALWAYS, SANDBOX, ...STORED, ...ONE],
  'two accounts are there, and a change to undo': [
    ...ALWAYS,
    ...[SANDBOX, ...STORED, 'Undo the Agent’s Last Change'],
    ...ONE,
    ...SEVERAL,
  ],
};

/** As the palette sorts what nobody has run lately: by the whole label. */
function paletteIn(state: GmailState): string[] {
  const { commands, menus } = manifest.contributes;
  const whenOf = (id: string) => menus.commandPalette.find(({ command }) => command === id)?.when;
  return commands
    .filter(({ command }) => holds(whenOf(command) ?? 'true', { ...contextOf(state), true: true }))
    .map(({ title }) => title)
    .sort((a, b) => `Gmail: ${a}`.localeCompare(`Gmail: ${b}`));
}
const rowsIn = (state: GmailState) => menuRows(state, manifest, 'a.b', NOW);
const bare = (label: string) => label.replace(/^\$\(.*?\) /, '');
/** Without the row for settings, which is always there. */
const titlesIn = (state: GmailState) => rowsIn(state).map(({ label }) => bare(label));

describe('commands', () => {
  for (const [name, state] of Object.entries(STATES)) {
    it(`where ${name}: palette and menu show what can do something, and nothing else`, () => {
      const shown = SHOWN[name as keyof typeof STATES];
      assert.deepEqual(paletteIn(state).sort(), shown.toSorted());
      const known = new Set(manifest.contributes.commands.map(({ title }) => title));
      assert.deepEqual(
        titlesIn(state)
          .filter((title) => known.has(title))
          .sort(),
        shown.toSorted(),
      );
      assert.equal(titlesIn(state).at(-1), 'Settings');
    });
  }

  it('begin with the sign-in for a newcomer', () => {
    assert.deepEqual(paletteIn(NOTHING)[0], 'Sign In…');
    assert.deepEqual(titlesIn(NOTHING)[0], 'Sign In…');
  });

  it('go by keys that are set, and every contributed command is one that is registered', () => {
    const clauses = manifest.contributes.menus.commandPalette.flatMap(({ when }) => when?.split(/\|\||&&/) ?? []);
    const events = JSON.stringify(manifest).matchAll(/"onContext:([^"]+)"/g);
    const keys = new Set([
      ...clauses.map((term) => term.trim().replace('!', '')),
      ...[...events].map(([, key]) => key),
    ]);
    keys.delete('false');
    assert.deepEqual([...keys].sort(), Object.keys(contextOf(NOTHING)).sort());
    const ids = new Set<string>(Object.values(COMMANDS));
    const contributed = manifest.contributes.commands.map(({ command }) => command);
    assert.deepEqual(
      contributed.filter((command) => !ids.has(command)),
      Object.keys(MESSAGE_BUTTONS),
    );
    const rows = Object.values(STATES).flatMap((state) => rowsIn(state).map(({ command }) => command));
    assert.deepEqual(
      rows.filter((command) => !ids.has(command) && command !== 'workbench.action.openSettings'),
      [],
    );
  });
});

describe('a clause of package.json', () => {
  it('holds by its terms', () => {
    const context = { a: true, b: false };
    for (const clause of ['a', '!b', 'a && !b', 'b || a', 'b && a || !b']) assert.ok(holds(clause, context), clause);
    for (const clause of ['b', '!a', 'a && b', 'b || c', 'c']) assert.ok(!holds(clause, context), clause);
  });
});

describe('the menu', () => {
  const rows = (state: GmailState) =>
    rowsIn(state).map(({ label, description, argument }) => [bare(label), description, argument]);

  it('begins with what mends a sign-in', () => {
    const state = {
      ...NOTHING,
      mailboxes: [
        { ...ann, ...dead },
        { ...bob, trouble: 'client_unknown' },
      ],
    };
    assert.deepEqual(rows(state).slice(0, 2), [
      ['Sign In Again: ann@x', 'Google no longer accepts the sign-in', { email: 'ann@x' }],
      ['Fix the OAuth Client: bob@x', 'Google does not know the OAuth client', { email: 'bob@x', replaceClient: true }],
    ]);
    const [note] = rowsIn({ ...NOTHING, mailboxes: [{ ...ann, trouble: 'policy_enforced' }] });
    assert.equal(note?.command, COMMANDS.copyNoteForAdministrator);
    const lost = { ...NOTHING, unreadable: ['old@x'], wrongSettings: ['headlessGmail.hiddenQuery'] };
    assert.deepEqual(rows(lost).slice(0, 2), [
      ['Sign In Again: old@x', 'the stored sign-in cannot be read', undefined],
      ['Correct the Setting headlessGmail.hiddenQuery', 'until then the strictest holds', 'headlessGmail.hiddenQuery'],
    ]);
  });

  it('says of the one account how it stands', () => {
    const found = Object.fromEntries(rows({ ...NOTHING, mailboxes: [{ ...bob, tokenEndsAt: NOW + HOUR }] }));
    assert.equal(found['Change Access Level…'], 'Full, but the settings allow no more than Read now');
    assert.match(String(found['Refresh Access Token']), /^good until \d{1,2}:\d\d:\d\d/);
    assert.equal(found['Show Accounts'], 'bob@x');
  });

  it('ends with the settings of this extension', () => {
    assert.deepEqual(rows(NOTHING).at(-1), ['Settings', '', '@ext:a.b']);
  });
});

describe('the item in the status bar', () => {
  const shown = (state: Partial<GmailState>) => statusText({ ...NOTHING, ...state }, NOW);
  const words = (state: Partial<GmailState>) => {
    const { text, spoken, isWarning } = shown(state);
    return [text, spoken, isWarning];
  };

  it('is quiet before a sign-in and where all is well', () => {
    assert.deepEqual(words({}), ['$(mail) Gmail', 'Gmail, nobody is signed in', false]);
    assert.deepEqual(words({ mailboxes: [ann] }), ['$(mail) Gmail', 'Gmail, 1 account is signed in', false]);
    const passing = { ...ann, trouble: 'offline' };
    assert.deepEqual(words({ mailboxes: [passing] }), words({ mailboxes: [ann] }));
  });

  it('says in words what is to be done', () => {
    assert.deepEqual(words({ mailboxes: [{ ...ann, ...dead }, bob] }), [
      '$(warning) Gmail: sign in again',
      'Gmail: sign in again, 1 account is signed in, 1 account needs you',
      true,
    ]);
    assert.equal(words({ unreadable: ['old@x'] })[0], '$(warning) Gmail: sign in again');
    const [client, policy] = ['client_mismatch', 'policy_enforced'].map(
      (trouble) => words({ mailboxes: [{ ...ann, trouble }] })[0],
    );
    assert.deepEqual(
      [client, policy],
      ['$(warning) Gmail: fix the OAuth client', '$(warning) Gmail: ask your administrator'],
    );
    assert.equal(words({ wrongSettings: ['a'] })[0], '$(warning) Gmail: check the settings');
  });

  it('tells of each account on hover: what it may do, and until when', () => {
    const ends = { tokenEndsAt: NOW + HOUR, endsAt: NOW + 72 * HOUR };
    const { hover } = shown({
      mailboxes: [
        { ...bob, ...ends },
        { ...box, tokenEndsAt: NOW - 1 },
        { ...ann, ...dead },
      ],
    });
    assert.equal(hover[0]?.[0], 'Headless Mail for Gmail: 2 accounts are signed in, 1 account needs you');
    assert.deepEqual(hover[1]?.slice(0, 2), [
      'bob@x (default)',
      'Access: Full, but the settings allow no more than Read',
    ]);
    assert.match(hover[1]?.[2] ?? '', /^Access token: until \d{1,2}:\d\d:\d\d/);
    assert.match(hover[1]?.[3] ?? '', /^Sign-in: ends .*2026/);
    assert.deepEqual(hover[2], [
      'robin@sandbox (sandbox, not a real mailbox)',
      'Access: Full',
      'Access token: renewed with the next use',
      'Sign-in: Google has named no end',
    ]);
    const over = ['ann@x', 'Access: Full', 'Sign in again: Google no longer accepts the sign-in'];
    assert.deepEqual(hover[3], over);
    assert.deepEqual(shown({ mailboxes: [{ ...ann, ...dead, ...ends }] }).hover[1], over);
    const [, past] = shown({ mailboxes: [{ ...ann, ...dead, endsAt: NOW - HOUR }] }).hover;
    assert.match(past?.[3] ?? '', /^Sign-in: ended /);
  });
});

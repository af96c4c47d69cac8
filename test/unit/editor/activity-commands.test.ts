import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Recorded } from '../../../src/activity/activity-log.ts';
import type { Entry } from '../../../src/activity/entries.ts';
import { standInForVscode } from './vscode-stand-in.ts';

interface Row {
  label: string;
  kind?: number;
  detail?: string;
  entry?: Entry;
}
interface PickOptions {
  title: string;
  placeHolder: string;
  matchOnDescription: boolean;
  matchOnDetail: boolean;
}

let [rows, options, pick]: [Row[], PickOptions | undefined, (row: Row) => boolean] = [[], undefined, () => false];
let [told, opened, asked]: [string[], string[], unknown[][]] = [[], [], []];
let pressed: string | undefined;
standInForVscode({
  window: {
    showQuickPick: async (items: Row[], given: PickOptions) => {
      [rows, options] = [items, given];
      return items.find(pick);
    },
    showInformationMessage: async (message: string) => void told.push(message),
    showWarningMessage: async (...question: unknown[]) => {
      asked.push(question);
      return pressed;
    },
  },
  env: { openExternal: async (uri: string) => opened.push(uri) },
  Uri: { parse: (text: string) => text },
  QuickPickItemKind: { Separator: -1 },
  ProgressLocation: {},
});
const { ActivityCommands } = await import('../../../src/editor/activity-commands.ts');

const DAY = 86_400_000;
const NOON = new Date(2026, 10, 27, 12).getTime();
const entry = (at: number, change: object = {}, about: object = {}): Entry => ({
  kind: 'call',
  at,
  account: 'robin@example.org',
  ...about,
  call: { tool: 'gmail_read_email', client: 'An editor', deed: 'read', outcome: 'done', approval: 'none', ...change },
});

describe('the list of activity', () => {
  let recorded: Recorded;
  let cleared: number;
  let isOn: boolean;
  beforeEach(() => {
    [recorded, cleared, isOn] = [{ entries: [], unreadable: 0 }, 0, true];
    [rows, options, pick, told, opened, asked, pressed] = [[], undefined, () => false, [], [], [], undefined];
  });
  const commands = () =>
    new ActivityCommands(
      {
        read: async () => recorded,
        clear: async () => {
          cleared += 1;
        },
      },
      () => isOn,
    );

  it('stands under its days and can be searched by all that it shows', async () => {
    recorded = { entries: [entry(NOON + 1), entry(NOON), entry(NOON - DAY)], unreadable: 2 };
    await commands().show();
    assert.deepEqual(
      rows.map(({ kind, label }) => (kind === -1 ? label : kind)),
      [rows[0]?.label, undefined, undefined, rows[3]?.label, undefined],
    );
    assert.match(rows[0]?.label ?? '', /27/);
    assert.match(rows[3]?.label ?? '', /26/);
    assert.deepEqual([options?.matchOnDescription, options?.matchOnDetail], [true, true]);
    assert.match(options?.placeHolder ?? '', /2 more cannot be read/);
  });

  it('opens the message that a line is about, and says where there is none', async () => {
    const of = (messageId: string) => (row: Row) =>
      row.entry?.kind === 'call' && row.entry.call.messageId === messageId;
    recorded.entries = [
      entry(3, { messageId: '18f0' }),
      entry(2, { messageId: '18f1' }, { isSandbox: true }),
      entry(1, { count: 3, query: 'from:lena the whole of a search' }),
    ];
    pick = of('18f0');
    await commands().show();
    assert.deepEqual(opened, ['https://mail.google.com/mail/u/?authuser=robin%40example.org#all/18f0']);
    pick = of('18f1');
    await commands().show();
    pick = (row) => row.entry?.at === 1;
    await commands().show();
    assert.match(told[0] ?? '', /sandbox mailbox, which has no pages/);
    assert.match(
      told[1] ?? '',
      /^Read 3 emails: .*robin@example\.org.*“from:lena the whole of a search”.*no single message/,
    );
    assert.equal(opened.length, 1);
  });

  it('says where nothing is recorded, and that recording is off', async () => {
    await commands().show();
    isOn = false;
    await commands().show();
    assert.deepEqual([told[0], rows], ['No activity is recorded yet.', []]);
    assert.match(told[1] ?? '', /switched off \(setting headlessGmail\.recordActivity\)/);
    recorded.entries = [entry(NOON)];
    await commands().show();
    assert.match(options?.placeHolder ?? '', /switched off/);
  });

  it('is cleared by the button that has not the focus alone', async () => {
    for (const answer of [undefined, 'Keep It']) {
      pressed = answer;
      await commands().clear();
    }
    assert.equal(cleared, 0);
    pressed = 'Clear Activity';
    await commands().clear();
    assert.equal(cleared, 1);
    const [, { modal }, first] = asked[0] as [string, { modal: boolean }, string];
    assert.deepEqual([modal, first], [true, 'Keep It']);
  });
});

import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { standInForVscode } from './vscode-stand-in.ts';

interface Row {
  label: string;
  description: string;
}
/** What the person presses, in turn: the beginning of a label, or nothing to leave. Icons do not count. */
let presses: string[];
/** The rows at each press. */
let seen: Row[][];
let shown: number;
/** The row in focus when the list appears. */
let first: string | undefined;

const bare = ({ label }: Row) => label.replace(/^\$\(.*?\) /, '');

/** A quick pick as the window has it: it stays open until it is disposed of. */
function createQuickPick() {
  const nothing = (): void => undefined;
  let [accept, hide, back] = [nothing, nothing, nothing];
  const pick = {
    items: [] as Row[],
    activeItems: [] as Row[],
    selectedItems: [] as Row[],
    onDidAccept: (listener: () => void) => {
      accept = listener;
    },
    onDidTriggerButton: (listener: () => void) => {
      back = listener;
    },
    onDidHide: (listener: () => void) => {
      hide = listener;
    },
    show: () => {
      shown += 1;
      first = pick.activeItems[0] && bare(pick.activeItems[0]);
      for (const press of presses) {
        seen.push([...pick.items]);
        if (press === '<') {
          back();
          continue;
        }
        pick.selectedItems = pick.items.filter((row) => bare(row).startsWith(press));
        accept();
      }
      hide();
    },
    dispose: () => hide(),
  };
  return pick;
}
standInForVscode({ QuickInputButtons: { Back: {} }, window: { createQuickPick } });
const { askForAccess, describeLevel, hasFilters } = await import('../../../src/editor/sign-in/level-prompt.ts');

describe('the question what the agent may do', () => {
  beforeEach(() => {
    [presses, seen, shown] = [[], [], 0];
  });

  it('takes one press, and has filters not ticked', async () => {
    presses = ['Organise'];
    assert.deepEqual(await askForAccess('t', 'full'), { level: 'organise', filters: false });
    assert.deepEqual(seen[0]?.map(bare), ['Read', 'Draft', 'Organise', 'Full', 'Filters too']);
    assert.match(seen[0]?.at(-1)?.description ?? '', /^not ticked/);
    assert.equal(first, 'Read');
  });

  it('ticks filters in the same list, and unticks them', async () => {
    presses = ['Filters', 'Full'];
    assert.deepEqual(await askForAccess('t', 'full'), { level: 'full', filters: true });
    assert.match(seen[1]?.at(-1)?.description ?? '', /^ticked/);
    presses = ['Filters', 'Filters', 'Full'];
    assert.deepEqual(await askForAccess('t', 'full'), { level: 'full', filters: false });
    assert.equal(shown, 2);
  });

  it('takes a tick for nothing below the level that includes filters', async () => {
    presses = ['Filters', 'Draft'];
    assert.deepEqual(await askForAccess('t', 'full'), { level: 'draft', filters: false });
  });

  it('begins with what the account has', async () => {
    presses = ['Full'];
    assert.deepEqual(await askForAccess('t', 'full', { now: { level: 'full', filters: true } }), {
      level: 'full',
      filters: true,
    });
    assert.match(seen[0]?.[3]?.description ?? '', /\(as now\)$/);
    assert.equal(first, 'Full');
  });

  it('goes back with what was chosen so far, and begins with it the next time', async () => {
    const noted: unknown[] = [];
    presses = ['Filters', '<'];
    const chosen = { level: 'organise', filters: false } as const;
    await askForAccess('t', 'full', { chosen, onBack: (each) => noted.push(each) });
    assert.equal(first, 'Organise');
    assert.deepEqual(noted, [{ level: 'organise', filters: true }]);
  });

  it('shows no tick where the administrator allows no level with filters, and asks nothing where there is no choice', async () => {
    presses = ['Draft'];
    assert.deepEqual(await askForAccess('t', 'draft'), { level: 'draft', filters: false });
    assert.deepEqual(seen[0]?.map(bare), ['Read', 'Draft']);
    shown = 0;
    assert.deepEqual(await askForAccess('t', 'read'), { level: 'read', filters: false });
    assert.equal(shown, 0);
  });

  it('is left without an answer, ticked or not', async () => {
    assert.equal(await askForAccess('t', 'full'), undefined);
    presses = ['Filters'];
    assert.equal(await askForAccess('t', 'full'), undefined);
  });
});

describe('what an account may do, in words', () => {
  const SCOPES = ['modify', 'settings.basic'].map((name) => `https://www.googleapis.com/auth/gmail.${name}`);

  it('names filters where level and sign-in allow them', () => {
    assert.match(describeLevel('full', hasFilters({ level: 'full', scopes: SCOPES })), /manage filters$/);
    assert.doesNotMatch(describeLevel('draft', hasFilters({ level: 'draft', scopes: SCOPES })), /filters/);
    assert.doesNotMatch(describeLevel('full', hasFilters({ level: 'full', scopes: SCOPES.slice(0, 1) })), /filters/);
  });
});

import { COMMANDS, type CommandTarget } from '../command-ids.ts';
import { contextOf, describeAllowed, type GmailState, type Mailbox, momentOf } from './mailboxes.ts';
import { type Remedy, troubleOf } from './trouble.ts';

/** What the menu needs of package.json: the one place for titles, and for when a command can do something. */
export interface Manifest {
  contributes: {
    commands: readonly { command: string; title: string }[];
    menus: { commandPalette: readonly { command: string; when?: string }[] };
  };
}

/** A row of the menu, and the command behind it. */
export interface MenuRow {
  label: string;
  description: string;
  command: string;
  argument?: CommandTarget | string;
}

interface Entry {
  command: string;
  icon: string;
  /** What stands beside the title. */
  describe?(state: GmailState, now: number): string;
}

const only = ({ mailboxes }: GmailState): Mailbox | undefined => (mailboxes.length === 1 ? mailboxes[0] : undefined);

/** The commands of the menu, from top to bottom: what begins, what is done each day, what is set, what ends. */
const ENTRIES: readonly Entry[] = [
  { command: COMMANDS.undoLastChange, icon: 'discard' },
  { command: COMMANDS.showAccounts, icon: 'account', describe: ({ mailboxes }) => mailboxes.map(nameOf).join(', ') },
  { command: COMMANDS.refreshToken, icon: 'refresh', describe: (state, now) => tokenOf(only(state), now) },
  { command: COMMANDS.refreshAllTokens, icon: 'refresh' },
  { command: COMMANDS.signIn, icon: 'sign-in', describe: ({ mailboxes }) => (mailboxes.length > 0 ? AGAIN : '') },
  { command: COMMANDS.trySandbox, icon: 'beaker', describe: () => 'a local mailbox to look around in' },
  { command: COMMANDS.addAccount, icon: 'key' },
  { command: COMMANDS.changeAccess, icon: 'shield', describe: (state) => accessOf(only(state)) },
  { command: COMMANDS.changeWhenSendingAsks, icon: 'send' },
  { command: COMMANDS.chooseDefault, icon: 'star', describe: ({ mailboxes }) => `${mailboxes[0]?.email} now` },
  { command: COMMANDS.chooseSaveFolder, icon: 'folder' },
  { command: COMMANDS.showActivity, icon: 'history' },
  { command: COMMANDS.clearActivity, icon: 'clear-all' },
  { command: COMMANDS.showLog, icon: 'output' },
  { command: COMMANDS.signOut, icon: 'sign-out' },
  { command: COMMANDS.signOutEverywhere, icon: 'trash' },
];

const AGAIN = 'another account, or one of these again';
const nameOf = ({ email, isSandbox }: Mailbox) => `${email}${isSandbox ? ' (sandbox)' : ''}`;
const accessOf = (mailbox: Mailbox | undefined) => (mailbox ? `${describeAllowed(mailbox)} now` : '');

function tokenOf(mailbox: Mailbox | undefined, now: number): string {
  const endsAt = mailbox?.tokenEndsAt;
  return endsAt !== undefined && endsAt > now ? `good until ${momentOf(endsAt, now)}` : '';
}

/** What mends a sign-in, as a row before the others. */
const REMEDIES: Record<Remedy, { label: string; command: string; argument: CommandTarget }> = {
  signIn: { label: '$(warning) Sign In Again', command: COMMANDS.signIn, argument: {} },
  reload: { label: '$(warning) Reload This Window', command: 'workbench.action.reloadWindow', argument: {} },
  client: { label: '$(warning) Fix the OAuth Client', command: COMMANDS.signIn, argument: { replaceClient: true } },
  administrator: {
    label: '$(warning) Copy a Note for the Administrator',
    command: COMMANDS.copyNoteForAdministrator,
    argument: {},
  },
};

const OPEN_SETTINGS = 'workbench.action.openSettings';

/**
 * The rows of the menu: all that can be done now, and nothing else. What is wrong comes first.
 *
 * @param extensionId whose settings the last row opens
 * @param now milliseconds since the epoch
 */
export function menuRows(state: GmailState, manifest: Manifest, extensionId: string, now: number): MenuRow[] {
  const context = contextOf(state);
  const { commands, menus } = manifest.contributes;
  const possible = ENTRIES.filter(({ command }) => {
    const { when } = menus.commandPalette.find((item) => item.command === command) ?? {};
    return when === undefined || holds(when, context);
  });
  return [
    ...wrongRows(state),
    ...possible.map(({ command, icon, describe }) => ({
      label: `$(${icon}) ${commands.find((item) => item.command === command)?.title}`,
      description: describe?.(state, now) ?? '',
      command,
    })),
    { label: '$(gear) Settings', description: '', command: OPEN_SETTINGS, argument: `@ext:${extensionId}` },
  ];
}

function wrongRows({ mailboxes, unreadable, wrongSettings }: GmailState): MenuRow[] {
  const broken = mailboxes.flatMap((mailbox): MenuRow[] => {
    const trouble = troubleOf(mailbox.trouble);
    if (!trouble) return [];
    const { label, command, argument } = REMEDIES[trouble.remedy];
    const { email } = mailbox;
    return [{ label: `${label}: ${email}`, description: trouble.reason, command, argument: { ...argument, email } }];
  });
  const lost = unreadable.map((email) => ({
    label: `${REMEDIES.signIn.label}: ${email}`,
    description: 'the stored sign-in cannot be read',
    command: COMMANDS.signIn,
  }));
  const settings = wrongSettings.map((name) => ({
    label: `$(warning) Correct the Setting ${name}`,
    description: 'until then the strictest holds',
    command: OPEN_SETTINGS,
    argument: name,
  }));
  return [...broken, ...lost, ...settings];
}

/** Whether a clause of package.json holds: names, `!`, `&&` and `||`, which is all that the commands there need. */
export function holds(when: string, context: Readonly<Record<string, boolean>>): boolean {
  const isTrue = (term: string) => (term.startsWith('!') ? context[term.slice(1)] !== true : context[term] === true);
  return when.split('||').some((all) => all.split('&&').every((term) => isTrue(term.trim())));
}

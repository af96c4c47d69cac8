import { isQuestion, type QuestionName } from './walkthrough/questions.ts';

/** Ids of the commands, as package.json contributes them. */
export const COMMANDS = {
  signIn: 'headlessGmail.signIn',
  addAccount: 'headlessGmail.addAccount',
  trySandbox: 'headlessGmail.trySandbox',
  refreshToken: 'headlessGmail.refreshToken',
  refreshAllTokens: 'headlessGmail.refreshAllTokens',
  changeAccess: 'headlessGmail.changeAccess',
  chooseDefault: 'headlessGmail.chooseDefault',
  chooseSaveFolder: 'headlessGmail.chooseSaveFolder',
  changeWhenSendingAsks: 'headlessGmail.changeWhenSendingAsks',
  undoLastChange: 'headlessGmail.undoLastChange',
  showActivity: 'headlessGmail.showActivity',
  clearActivity: 'headlessGmail.clearActivity',
  showAccounts: 'headlessGmail.showAccounts',
  signOut: 'headlessGmail.signOut',
  signOutEverywhere: 'headlessGmail.signOutEverywhere',
  showLog: 'headlessGmail.showLog',
  /** Behind the status bar item alone. */
  showMenu: 'headlessGmail.showMenu',
  /** Behind a button alone, so it is in no menu. */
  copyNoteForAdministrator: 'headlessGmail.copyNoteForAdministrator',
  /** Behind the walkthrough's buttons. */
  askAgent: 'headlessGmail.askAgent',
} as const;

export type CommandName = keyof typeof COMMANDS;

/** The buttons in the title bar of a message that waits for an answer, each with the answer that it gives. */
export const MESSAGE_BUTTONS = {
  'headlessGmail.sendShownMessage': 'send',
  'headlessGmail.saveShownMessage': 'draft',
  'headlessGmail.discardShownMessage': 'decline',
} as const;

/** What commands take from a button; nothing where they come from the palette. */
export interface CommandTarget {
  email?: string;
  /** Whether the account's OAuth client is to be given anew. */
  replaceClient?: boolean;
  /** What the agent is asked. */
  question?: QuestionName;
}

/** Reads the argument of a command: other extensions can run it with anything. */
export function targetOf(argument: unknown): CommandTarget {
  if (typeof argument !== 'object' || argument === null) return {};
  const { email, replaceClient, question } = argument as Partial<Record<keyof CommandTarget, unknown>>;
  return {
    ...(typeof email === 'string' ? { email } : {}),
    ...(replaceClient === true ? { replaceClient } : {}),
    ...(isQuestion(question) ? { question } : {}),
  };
}

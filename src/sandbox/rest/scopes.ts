/** The scopes of which one is enough for a method, without the common prefix (Gmail API reference, per method). */
const EVERYTHING = 'https://mail.google.com/';

export const SCOPES = {
  profile: [EVERYTHING, 'gmail.modify', 'gmail.readonly', 'gmail.metadata', 'gmail.compose'],
  read: [EVERYTHING, 'gmail.modify', 'gmail.readonly', 'gmail.metadata'],
  attachments: [EVERYTHING, 'gmail.modify', 'gmail.readonly'],
  labels: [EVERYTHING, 'gmail.modify', 'gmail.readonly', 'gmail.metadata', 'gmail.labels'],
  modify: [EVERYTHING, 'gmail.modify'],
  manageLabels: [EVERYTHING, 'gmail.modify', 'gmail.labels'],
  send: [EVERYTHING, 'gmail.modify', 'gmail.compose', 'gmail.send'],
  /** Sending a draft takes more than sending a message. */
  draft: [EVERYTHING, 'gmail.modify', 'gmail.compose'],
  readDrafts: [EVERYTHING, 'gmail.modify', 'gmail.compose', 'gmail.readonly'],
  settings: [EVERYTHING, 'gmail.modify', 'gmail.readonly', 'gmail.settings.basic'],
  /** Not even mail.google.com is enough to change settings. */
  changeSettings: ['gmail.settings.basic'],
} as const;

export const METADATA = 'gmail.metadata';
export const SCOPE_PREFIX = 'https://www.googleapis.com/auth/';

import type { Tool } from '../call/tool.ts';
import { createDraft } from './create-draft.ts';
import { findAddress } from './find-address.ts';
import { getAttachment } from './get-attachment.ts';
import { getChanges } from './get-changes.ts';
import { getEmailBodyChunk } from './get-email-body-chunk.ts';
import { getRecentEmails } from './get-recent-emails.ts';
import { listAccounts } from './list-accounts.ts';
import { listLabels } from './list-labels.ts';
import { manageFilter } from './manage-filter.ts';
import { manageLabel } from './manage-label.ts';
import { modifyEmails } from './modify-emails.ts';
import { readEmail } from './read-email.ts';
import { readThread } from './read-thread.ts';
import { refreshToken } from './refresh-token.ts';
import { saveAttachment } from './save-attachment.ts';
import { searchEmails } from './search-emails.ts';
import { sendEmail } from './send-email.ts';
import { undo } from './undo.ts';
import { unsubscribe } from './unsubscribe.ts';

/** Every tool, in the order in which a model reads them. */
export const TOOLS: readonly Tool[] = [
  searchEmails,
  readEmail,
  readThread,
  getAttachment,
  saveAttachment,
  getChanges,
  listLabels,
  getRecentEmails,
  getEmailBodyChunk,
  sendEmail,
  createDraft,
  findAddress,
  modifyEmails,
  undo,
  manageLabel,
  unsubscribe,
  refreshToken,
  listAccounts,
  manageFilter,
];

import type { Tool } from '../tool.ts';
import { getEmailBodyChunk } from './get-email-body-chunk.ts';
import { getRecentEmails } from './get-recent-emails.ts';
import { listAccounts } from './list-accounts.ts';
import { refreshToken } from './refresh-token.ts';
import { sendEmail } from './send-email.ts';

/** Every tool, in the order in which a model reads them. */
export const TOOLS: readonly Tool[] = [getRecentEmails, getEmailBodyChunk, sendEmail, refreshToken, listAccounts];

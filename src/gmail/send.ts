import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { clip } from '../shared/code-points.ts';
import { Problem, type ProblemCode } from '../shared/problems.ts';
import type { GmailConnection } from './connection/connection.ts';
import { type MessageTarget, messageRequest } from './connection/upload.ts';

export interface SentMessage {
  messageId: string;
  threadId: string;
  labelIds: string[];
}

/** Failures after which it is open whether Gmail took the message: the answer was lost, late or a server fault. */
const UNCLEAR: ReadonlySet<ProblemCode> = new Set(['google_failed', 'timed_out', 'cancelled', 'internal']);

/** Connection errors from before a request could leave, so that nothing was sent. */
const NEVER_LEFT = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;

/** How much of the subject an error names, in code points. */
const SHOWN_SUBJECT = 120;

const SEND: MessageTarget = { method: 'POST', path: 'messages/send', resource: (message) => message };

/**
 * Sends a composed message, once. The signal keeps it here until it leaves; a request on its way to Gmail cannot be
 * called back, and cutting the connection would only hide what became of it.
 *
 * @throws Problem `send_unclear` where the message may have been sent; any other problem means that it was not
 */
export async function sendMime(
  gmail: GmailConnection,
  mime: Buffer,
  subject: string,
  signal: AbortSignal,
): Promise<SentMessage> {
  let hasLeft = false;
  const departure = {
    leaving: () => {
      signal.throwIfAborted();
      hasLeft = true;
    },
    refused: () => {
      hasLeft = false;
    },
  };
  try {
    const sent = await gmail.runOnce(departure, (auth) =>
      auth.request<gmail_v1.Schema$Message>(messageRequest(SEND, {}, mime)),
    );
    return { messageId: sent.id ?? '', threadId: sent.threadId ?? '', labelIds: sent.labelIds ?? [] };
  } catch (error) {
    if (hasLeft && error instanceof Problem && isUnclear(error)) {
      const shown = clip(subject, SHOWN_SUBJECT);
      throw Problem.of(
        'send_unclear',
        { subject: shown ? `"${shown}"` : '(none)', reason: error.details ?? error.code },
        error.details,
      );
    }
    throw error;
  }
}

function isUnclear(problem: Problem): boolean {
  if (UNCLEAR.has(problem.code)) return true;
  return problem.code === 'offline' && !NEVER_LEFT.test(problem.details ?? '');
}

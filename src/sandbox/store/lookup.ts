import { invalidArgument, notFound } from '../google-error.ts';
import type { MailStore, StoredMessage } from './mail-store.ts';

/**
 * Ids are hexadecimal; Gmail answers 400 rather than 404 to anything else.
 *
 * @throws GoogleError 400
 */
export function requireId(id: string): void {
  if (!/^[0-9a-f]{1,16}$/.test(id)) throw invalidArgument('Invalid id value');
}

/** @throws GoogleError 400 or 404 */
export function requireMessage(store: MailStore, id = ''): StoredMessage {
  requireId(id);
  const message = store.get(id);
  if (!message) throw notFound();
  return message;
}

/**
 * The messages of a thread, the oldest first.
 *
 * @throws GoogleError 400 or 404
 */
export function requireThread(store: MailStore, id = ''): StoredMessage[] {
  requireId(id);
  const messages = store.thread(id);
  if (messages.length === 0) throw notFound();
  return messages;
}

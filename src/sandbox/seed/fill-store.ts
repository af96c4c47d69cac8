import MailComposer from 'nodemailer/lib/mail-composer';
import { withVerdict } from '../arrival/authentication-results.ts';
import type { MailStore } from '../store/mail-store.ts';
import { SEED } from './index.ts';
import type { SeedMessage } from './types.ts';

const MINUTE = 60_000;

interface ThreadSoFar {
  id: string;
  messageIds: string[];
}

/**
 * Fills a mailbox with the seeded messages, the oldest first, so that threads grow as they did.
 *
 * @param origin of the sandbox, to which the addresses for leaving a list lead
 */
export async function fillStore(store: MailStore, now: Date, origin: string): Promise<void> {
  const threads = new Map<string, ThreadSoFar>();
  for (const [index, seed] of [...SEED].sort((a, b) => b.minutesAgo - a.minutesAgo).entries()) {
    const earlier = threads.get(seed.thread);
    const messageId = `<seed-${index}@${/@([\w.-]+)/.exec(seed.from)?.[1] ?? 'sandbox.example'}>`;
    const sentAt = new Date(now.getTime() - seed.minutesAgo * MINUTE);
    const headers = {
      date: sentAt.toUTCString(),
      'message-id': messageId,
      ...(earlier ? { 'in-reply-to': earlier.messageIds.at(-1) ?? '', references: earlier.messageIds.join(' ') } : {}),
      ...(typeof seed.headers === 'function' ? seed.headers(origin) : seed.headers),
    };
    const raw = seed.legacy ? legacyMime(seed, seed.legacy, headers) : await composedMime(seed, headers, now);
    const isOwn = seed.labels.some((label) => label === 'SENT' || label === 'DRAFT');
    const stored = await store.add(isOwn ? raw : await withVerdict(raw), {
      labelIds: seed.labels.map((name) => store.labelId(name)),
      internalDate: sentAt.getTime(),
      ...(earlier ? { threadId: earlier.id } : {}),
    });
    threads.set(seed.thread, {
      id: stored.threadId,
      messageIds: [...(earlier?.messageIds ?? []), messageId],
    });
  }
}

async function composedMime(seed: SeedMessage, headers: Record<string, string>, now: Date): Promise<Buffer> {
  const { from, to, cc, subject, text, html, attachments, calendar } = seed;
  const { date, 'message-id': messageId, ...further } = headers;
  const composer = new MailComposer({
    from,
    to,
    subject,
    ...(date === undefined ? {} : { date }),
    ...(messageId === undefined ? {} : { messageId }),
    headers: further,
    ...(cc === undefined ? {} : { cc }),
    ...(text === undefined ? {} : { text }),
    ...(html === undefined ? {} : { html }),
    ...(calendar ? { icalEvent: { method: calendar.method, content: calendar.ics(now) } } : {}),
    attachments: (attachments ?? []).map(({ disposition, ...attachment }) => ({
      ...attachment,
      ...(disposition ? { contentDisposition: disposition } : {}),
    })),
  });
  return composer.compile().build();
}

/** No composing library writes these charsets, so the seed brings the encoded bytes and only the frame is put around. */
function legacyMime(
  { from, to }: SeedMessage,
  { charset, subjectEncoded, bodyBase64 }: NonNullable<SeedMessage['legacy']>,
  headers: Record<string, string>,
): Buffer {
  const lines = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subjectEncoded}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    'MIME-Version: 1.0',
    `Content-Type: text/plain; charset=${charset}`,
    'Content-Transfer-Encoding: base64',
    '',
    bodyBase64,
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1');
}

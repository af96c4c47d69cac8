import { randomBytes } from 'node:crypto';
import type { Clock } from '../../shared/clock.ts';
import { invalidArgument, notFound, tooLarge } from '../google-error.ts';
import { type ApiRequest, RawAnswer } from '../http.ts';
import { LARGEST_MESSAGE } from '../limits.ts';
import type { Shape } from '../rest/answer-shapes.ts';
import { readJson } from '../rest/json-body.ts';
import type { Posted } from './posted-message.ts';
import { checkedMime, requireMessageType } from './upload.ts';

/** How long a session lives, in milliseconds: a week. */
const LIFETIME_MS = 7 * 86_400_000;

/** All chunks but the last come in multiples of it, in bytes. */
const CHUNK = 256 * 1024;

interface Session {
  /** The only address at which it goes on. */
  pathname: string;
  resource: Posted['resource'];
  contentType: string;
  /** As it was announced, in bytes; undefined where it was not. */
  total: number | undefined;
  received: Buffer;
  endsAt: number;
  /** What the finished upload was answered with. */
  answer: object | undefined;
}

/** Uploads in several requests (https://developers.google.com/workspace/gmail/api/guides/uploads#resumable). */
export class ResumableUploads {
  readonly #clock: Clock;
  readonly #sessions = new Map<string, Session>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Opens a session; its address is in the answer. */
  start({ query, headers, body, pathname }: ApiRequest, shape: Shape): RawAnswer {
    const contentType = String(headers['x-upload-content-type'] ?? '');
    requireMessageType(contentType);
    const length = headers['x-upload-content-length'];
    if (length !== undefined && !/^\d+$/.test(String(length))) throw invalidArgument('Invalid upload length');
    const total = length === undefined ? undefined : Number(length);
    if ((total ?? 0) > LARGEST_MESSAGE) throw tooLarge();
    const resource = readJson<Posted['resource']>(body, shape);
    const id = randomBytes(48).toString('base64url');
    const endsAt = this.#clock.now() + LIFETIME_MS;
    const session = { pathname, resource, contentType, total, endsAt, received: Buffer.alloc(0), answer: undefined };
    this.#sessions.set(id, session);
    const address = new URL(pathname, `http://${headers.host}`);
    address.search = String(new URLSearchParams([...query, ['upload_id', id]]));
    return new RawAnswer(200, 'text/plain; charset=utf-8', '', { location: address.href, 'x-guploader-uploadid': id });
  }

  /**
   * Takes the bytes of a request, or says how many are there.
   *
   * @param finish does what the whole message is for
   * @throws GoogleError 404 for a session that there is not, or no longer
   */
  async goOn(request: ApiRequest, finish: (posted: Posted) => Promise<object>): Promise<object> {
    const session = this.#sessions.get(request.query.get('upload_id') ?? '');
    if (!session || session.pathname !== request.pathname || session.endsAt <= this.#clock.now()) throw notFound();
    if (session.answer) return session.answer;
    take(session, request);
    if (session.total === undefined || session.received.length < session.total) return progressOf(session);
    const mime = checkedMime(session.contentType, session.received);
    session.answer = await finish({ resource: session.resource, mime });
    return session.answer;
  }
}

/** `bytes 0-42/100`, `bytes 0-42/*`, `bytes *\/100`; nothing where the whole message comes at once. */
function take(session: Session, { headers, body }: ApiRequest): void {
  const range = headers['content-range'];
  const wrong = () => invalidArgument('Failed to parse Content-Range header.');
  if (range === undefined) {
    if (session.total !== undefined && session.total !== body.length) throw wrong();
    Object.assign(session, { received: body, total: body.length });
    return;
  }
  const [, first, last, whole] = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+|\*)$/.exec(range) ?? [];
  if (whole === undefined) throw wrong();
  const total = whole === '*' ? session.total : Number(whole);
  if (session.total !== undefined && total !== session.total) throw wrong();
  if (first === undefined) {
    if (body.length > 0) throw wrong();
    return;
  }
  const end = Number(last) + 1;
  const fits = Number(first) === session.received.length && end - Number(first) === body.length;
  if (!fits || end > (total ?? LARGEST_MESSAGE) || (end !== total && body.length % CHUNK !== 0)) throw wrong();
  Object.assign(session, { total, received: Buffer.concat([session.received, body]) });
}

/** Where an upload stands. Without a Range nothing has arrived. */
function progressOf({ received }: Session): RawAnswer {
  const range: Record<string, string> = received.length > 0 ? { range: `bytes=0-${received.length - 1}` } : {};
  return new RawAnswer(308, 'text/plain; charset=utf-8', '', range);
}

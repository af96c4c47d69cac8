import { badField } from '../google-error.ts';
import { type ApiRequest, RawAnswer, type Route } from '../http.ts';
import type { MailStore } from '../store/mail-store.ts';

/** Where the newsletters of the sandbox are left by one click: no mail leaves the computer, and neither do these requests. */
export const oneClickAddress = (origin: string, list: string, token: string) =>
  `${origin}/unsubscribe/${list}/${token}`;

/** What tells who asks, which such a request must not do. */
const CONTEXT = ['authorization', 'cookie', 'referer', 'origin'];

/**
 * Plays the senders' part of leaving a list by one click (RFC 8058), and notes in the store who left. As strict as the
 * standard: a form with this one field, and nothing that tells more of the reader than the address does.
 */
export function oneClickRoute(store: MailStore): Route {
  return {
    method: 'POST',
    path: '/unsubscribe/:list/:token',
    handle: (request) => {
      const told = CONTEXT.find((name) => request.headers[name] !== undefined);
      if (told) throw badField(`Unexpected header ${told}`);
      if (!isOneClick(request)) throw badField('Expected the form field List-Unsubscribe=One-Click');
      const { list = '', token = '' } = request.path;
      store.unsubscribed.push({ list, token });
      return new RawAnswer(200, 'text/html; charset=utf-8', '<p>You get no more of these letters.</p>');
    },
  };
}

/** Both forms that RFC 8058 names. */
function isOneClick({ headers, body }: ApiRequest): boolean {
  const type = headers['content-type'] ?? '';
  const text = body.toString('latin1');
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) return text === 'List-Unsubscribe=One-Click';
  if (!/^multipart\/form-data\b/i.test(type)) return false;
  return /name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--/.test(text);
}

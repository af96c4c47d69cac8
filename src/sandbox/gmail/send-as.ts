import { notFound } from '../google-error.ts';
import { SHAPES } from '../rest/answer-shapes.ts';
import type { Method } from '../rest/method.ts';
import { SCOPES } from '../rest/scopes.ts';
import type { MailStore } from '../store/mail-store.ts';

/** What reads the addresses that an account may send from (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.sendAs). */
export function sendAsMethods(store: MailStore): Method[] {
  const read = { verb: 'GET', scopes: SCOPES.settings } as const;
  return [
    {
      ...{ ...read, path: '/settings/sendAs', rpc: 'ListSendAs', shape: SHAPES.allSendAs },
      handle: () => ({ sendAs: store.sendAs }),
    },
    {
      ...{ ...read, path: '/settings/sendAs/:address', rpc: 'GetSendAs', shape: SHAPES.sendAs },
      handle: ({ path }) => {
        const found = store.sendAs.find(({ sendAsEmail }) => sendAsEmail === path.address?.toLowerCase());
        if (!found) throw notFound();
        return found;
      },
    },
  ];
}

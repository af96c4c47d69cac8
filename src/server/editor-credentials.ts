import { BrokerClient } from '../broker/broker-client.ts';
import { type BrokerSettings, type BrokerToken, SHOWN_TEXT } from '../broker/protocol.ts';
import type { Outgoing } from '../gmail/compose.ts';
import { GmailConnection } from '../gmail/connection.ts';
import { Problem } from '../shared/problems.ts';
import type { Credentials, Surroundings } from './credentials.ts';

/** How much of all recipients a question carries, in characters; the rest is counted. */
const SHOWN_RECIPIENTS = 60_000;
/** How much of a display name it carries, in characters. */
const SHOWN_NAME = 300;

/** Accounts that the editor holds: each call asks the window anew, so a sign-in or sign-out takes effect at once. */
export function editorCredentials(folder: string, { log, redactor }: Surroundings): Credentials {
  const broker = new BrokerClient(folder, applySettings);
  const never = new AbortController().signal;
  const learned = (token: BrokerToken) => {
    redactor.learn(token.value);
    return token;
  };
  const tokens = {
    get: async () => learned(await broker.request('getToken', {}, never)),
    replace: async (refused: string) => learned(await broker.request('getToken', { refused }, never)),
  };
  const gmail = new GmailConnection({ tokens, log });
  return {
    source: 'editor',
    argumentsFor: () => ({}),
    gmail: () => gmail,
    renew: async (_args, signal) => {
      const token = learned(await broker.request('renewToken', {}, signal));
      return { token, account: token.account };
    },
    approval: () => ({
      assertApproved: async (message, signal) => {
        const { approved } = await broker.request('confirmSend', toQuestion(message), signal);
        if (!approved) throw Problem.of('send_declined', {});
      },
    }),
  };
}

function toQuestion({ to, subject, text }: Outgoing) {
  const recipients = to.map(({ name, address }) => (name ? `${name.slice(0, SHOWN_NAME)} <${address}>` : address));
  let length = 0;
  const shown = recipients.filter((recipient) => {
    length += recipient.length;
    return length <= SHOWN_RECIPIENTS;
  });
  const more = recipients.length - shown.length;
  return {
    to: more > 0 ? [...shown, `and ${more} more`] : shown,
    subject,
    text: text.slice(0, SHOWN_TEXT),
    leftOut: Math.max(0, text.length - SHOWN_TEXT),
  };
}

/** The child of an extension host gets none of the editor's proxy settings; Google's libraries read this variable. */
function applySettings({ proxy }: BrokerSettings): void {
  if (proxy && !process.env.HTTPS_PROXY) process.env.HTTPS_PROXY = proxy;
}

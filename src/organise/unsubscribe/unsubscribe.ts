import type { ChangeQuestion } from '../../broker/change-protocol.ts';
import type { Organiser } from '../../mailbox/organiser.ts';
import type { ShownRow } from '../../mailbox/shown-row.ts';
import { clip } from '../../shared/code-points.ts';
import { Problem } from '../../shared/problems.ts';
import { exampleOf } from '../change-facts.ts';
import type { ChangeRules } from '../rules.ts';
import type { UnsubscribeLetter } from './mailto.ts';
import { isBehindProxy, NETWORK, type Network } from './network.ts';
import { type Offer, type OneClick, offerOf } from './offer.ts';
import { postUnsubscribe } from './post.ts';

/** How much of a sender shows in a title and in a fact, in code points. */
const TITLE_LENGTH = 60;
const SENDER_LENGTH = 150;

export interface UnsubscribeTools {
  organiser: Pick<Organiser, 'rows' | 'headers' | 'standIn'>;
  rules: Pick<ChangeRules, 'confirm'>;
  /** Sends the message that unsubscribes once the person has seen it; `notes` say what it is for. */
  sendLetter(letter: UnsubscribeLetter, notes: readonly string[]): Promise<{ messageId: string }>;
  /** Throws where the account does not let mail be organised any more. */
  assertStillAllowed(): Promise<void>;
  signal: AbortSignal;
  network?: Network;
}

/**
 * Takes the receiver of a message off its mailing list, by the one way that its headers offer: one click (RFC 8058),
 * where a signature vouches for it, or a message (RFC 2369). A person agrees to either. No link of its text is followed.
 *
 * @returns what was done, in our own words
 * @throws Problem
 */
export async function unsubscribe(id: string, tools: UnsubscribeTools): Promise<string> {
  const { organiser, sendLetter, network = NETWORK } = tools;
  const [row] = await organiser.rows([id]);
  if (!row) throw Problem.of('not_found', { kind: 'message', id });
  const offer = offerOf(await organiser.headers(id), await organiser.standIn());
  const { letter, oneClick } = offer;
  const isBlocked = oneClick !== undefined && !oneClick.isStandIn && isBehindProxy(network);
  if (oneClick && !isBlocked) return clickOnce(oneClick, row, { ...tools, network });
  if (!letter) throw refusalOf(offer);
  const whyNot = isBlocked ? 'this computer reaches the web by a proxy' : offer.whyNot;
  const reasons = whyNot === undefined ? [] : [`One-click was not used: ${whyNot}.`];
  const purpose = `It unsubscribes from ${clip(row.from, SENDER_LENGTH)}.`;
  const { messageId } = await sendLetter(letter, [purpose, ...reasons]);
  return [`The message that unsubscribes was sent (id ${messageId}).`, ...reasons, KEPT].join(' ');
}

const KEPT = 'What has come already stays: gmail_modify_emails archives it.';

async function clickOnce(
  oneClick: OneClick,
  row: ShownRow,
  { rules, assertStillAllowed, network, signal }: UnsubscribeTools & { network: Network },
): Promise<string> {
  await rules.confirm(questionOf(oneClick, row));
  // While the question stood the account may have been signed out, or allowed less.
  await assertStillAllowed();
  signal.throwIfAborted();
  const status = await postUnsubscribe(oneClick, network, signal);
  return `Unsubscribed: ${oneClick.url.hostname} has confirmed it (HTTP status ${status}). ${KEPT}`;
}

/** What the person decides on: made of the very address that is then asked. */
function questionOf({ url, signer }: OneClick, row: ShownRow): ChangeQuestion {
  return {
    title: `Unsubscribe from ${clip(row.sender, TITLE_LENGTH)}?`,
    verb: 'Unsubscribe',
    facts: [
      `By one request to ${url.host}.`,
      `The signature of ${signer} vouches for that address.`,
      `Sender: ${clip(row.from, SENDER_LENGTH)}`,
    ],
    examples: [exampleOf(row)],
  };
}

function refusalOf({ oneClick, whyNot, whyNoLetter }: Offer): Problem {
  if (oneClick) return Problem.of('unsubscribe_behind_proxy', { host: oneClick.url.hostname });
  const noLetter = whyNoLetter === undefined ? [] : [`its mail address cannot be written to: ${whyNoLetter}`];
  if (whyNot !== undefined) {
    return Problem.of('unsubscribe_not_trusted', { reason: [whyNot, ...noLetter].join('; and ') });
  }
  const [reason] = noLetter;
  return reason === undefined
    ? Problem.of('unsubscribe_not_offered', {})
    : Problem.of('unsubscribe_unusable', { reason });
}

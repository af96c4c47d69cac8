import { addressesOf } from '../../compose/address-list.ts';
import { type EmailAddress, keyOf, ownKeyOf } from '../../compose/email-address.ts';
import type { Signature } from '../../compose/letter.ts';
import { parseRecipients } from '../../compose/recipients.ts';
import type { AnsweredMessage } from '../../gmail/messages/answered-message.ts';
import { type SendAs, signatureOf } from '../../gmail/send-as.ts';
import { Problem } from '../../shared/problems.ts';
import type { Origin } from './origin.ts';

/** Whom a message comes from. */
export interface Sender {
  /** Absent where Gmail fills in the account's own. */
  from: EmailAddress | undefined;
  signature: Signature | undefined;
  /** The API does not add it by itself, as it does not add a signature. */
  replyTo: EmailAddress | undefined;
}

/**
 * The sender of a message: the address that the caller names, else the one that the answered mail came to, else the
 * account's default one.
 *
 * @throws Problem `alias_unknown`, `alias_pending`
 */
export function senderOf(named: string | undefined, origin: Origin, sendAs: readonly SendAs[]): Sender {
  const identity = named === undefined ? impliedIdentity(origin, sendAs) : namedIdentity(named, sendAs);
  if (!identity) return { from: undefined, signature: undefined, replyTo: undefined };
  const { address, displayName, replyTo } = identity;
  const [answersTo] = addressesOf(replyTo);
  return {
    from: { name: displayName, address },
    signature: signatureOf(identity),
    replyTo: answersTo && keyOf(answersTo.address) !== keyOf(address) ? answersTo : undefined,
  };
}

function namedIdentity(named: string, sendAs: readonly SendAs[]): SendAs {
  const [wanted, second] = parseRecipients('from', named);
  if (second) throw Problem.of('argument_invalid', { argument: 'from', expected: 'one address', got: 'several' });
  const found = sendAs.find(({ address }) => wanted && keyOf(address) === keyOf(wanted.address));
  if (found?.isPending) throw Problem.of('alias_pending', { address: found.address });
  if (found) return found;
  const known = sendAs.filter(({ isPending }) => !isPending).map(({ address }) => address);
  throw Problem.of('alias_unknown', { address: wanted?.address ?? named, known: known.join(', ') });
}

/** The own address that a message came to; the usual one where it names none. */
export function receiverOf(message: AnsweredMessage, sendAs: readonly SendAs[]): string | undefined {
  return impliedIdentity({ kind: 'reply', message }, sendAs)?.address;
}

/** The address that the answered mail was sent to, or from: whoever wrote to it expects the answer from there. */
function impliedIdentity(origin: Origin, sendAs: readonly SendAs[]): SendAs | undefined {
  const usable = sendAs.filter(({ isPending }) => !isPending);
  const usual = usable[0];
  if (origin.kind === 'draft') {
    const { from } = origin.content;
    return usable.find(({ address }) => from && keyOf(address) === keyOf(from.address)) ?? usual;
  }
  if (origin.kind === 'new') return usual;
  const { isSent, from, to, cc, deliveredTo } = origin.message;
  const lists = isSent ? [from] : [to, cc, deliveredTo];
  for (const { address } of lists.flatMap(addressesOf)) {
    const found = usable.find((each) => ownKeyOf(each.address) === ownKeyOf(address));
    if (found) return found;
  }
  return usual;
}

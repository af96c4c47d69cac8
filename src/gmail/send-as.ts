import { type EmailAddress, keyOf } from '../compose/email-address.ts';
import type { Signature } from '../compose/letter.ts';
import type { GmailConnection } from './connection/connection.ts';

/** An address that the account can send mail from. */
export interface SendAs {
  address: string;
  /** '' where there is none. */
  displayName: string;
  /** HTML; '' where there is none. */
  signature: string;
  /** Where answers shall go; '' where that is the address itself. */
  replyTo: string;
  isDefault: boolean;
  /** Its owner has not confirmed it yet, so Gmail would silently send from another address. */
  isPending: boolean;
}

/**
 * The addresses that the account can send from, the default one first
 * (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.sendAs). The account's own, and
 * those of a Workspace domain, have no verification status: only `pending` says that one cannot be used.
 */
export async function listSendAs(gmail: GmailConnection, signal: AbortSignal): Promise<SendAs[]> {
  const { sendAs = [] } = await gmail.run(signal, (api, options) =>
    api.users.settings.sendAs.list({ userId: 'me' }, options),
  );
  return sendAs
    .map((each) => ({
      address: each.sendAsEmail ?? '',
      displayName: each.displayName ?? '',
      signature: each.signature ?? '',
      replyTo: each.replyToAddress ?? '',
      isDefault: each.isDefault === true,
      isPending: each.verificationStatus === 'pending',
    }))
    .sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
}

/** Gmail has an empty block where there is no signature; a picture alone is one. */
export function signatureOf({ address, signature }: SendAs): Signature | undefined {
  const holdsSome = /<img\b/i.test(signature) || /[^\s<>]/.test(signature.replace(/<[^>]*>/g, ''));
  return holdsSome ? { address, html: signature } : undefined;
}

/** The signature of one of the account's addresses, as a draft from there was given it. */
export function signatureFor(from: EmailAddress | undefined, sendAs: readonly SendAs[]): Signature | undefined {
  const found = sendAs.find(({ address }) => from && keyOf(address) === keyOf(from.address));
  return found && signatureOf(found);
}

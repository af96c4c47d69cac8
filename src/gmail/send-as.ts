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

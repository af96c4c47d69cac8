/** An address that an account may send from (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.sendAs). */
export interface SendAs {
  sendAsEmail: string;
  displayName: string;
  replyToAddress: string;
  /** HTML. */
  signature: string;
  isPrimary?: true;
  isDefault?: true;
  treatAsAlias?: boolean;
  /** The primary address, and those that an organisation gives, have none. */
  verificationStatus?: 'accepted' | 'pending';
}

export const primarySendAs = (address: string, displayName = '', signature = ''): SendAs => ({
  sendAsEmail: address,
  displayName,
  replyToAddress: '',
  signature,
  isPrimary: true,
  isDefault: true,
});

/** The address whose From header stands as it was sent; undefined for one that may not be used. */
export function usableSendAs(all: readonly SendAs[], address: string): SendAs | undefined {
  const known = all.find(({ sendAsEmail }) => sendAsEmail.toLowerCase() === address.toLowerCase());
  return known?.verificationStatus === 'pending' ? undefined : known;
}

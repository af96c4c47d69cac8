import type { GmailConnection } from './connection/connection.ts';

/** Where Gmail's history is now. */
export async function presentHistoryId(gmail: GmailConnection, signal: AbortSignal): Promise<string> {
  const profile = await gmail.run(signal, (api, options) =>
    api.users.getProfile({ userId: 'me', fields: 'historyId' }, options),
  );
  return profile.historyId ?? '';
}

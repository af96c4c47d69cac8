import type { GmailConnection } from '../connection/connection.ts';

/**
 * All headers of a message, unfolded, in their order, in one request. They are not asked for by name, since Gmail may
 * go by the letter case of names. Throws `not_found`.
 */
export async function messageHeaders(
  gmail: GmailConnection,
  id: string,
  signal: AbortSignal,
): Promise<{ name: string; value: string }[]> {
  const { payload } = await gmail.run(
    signal,
    (api, options) =>
      api.users.messages.get({ userId: 'me', id, format: 'metadata', fields: 'payload/headers' }, options),
    { kind: 'message', id },
  );
  return (payload?.headers ?? []).map(({ name, value }) => ({ name: name ?? '', value: value ?? '' }));
}

import * as z from 'zod';
import { defineTool } from '../call/tool.ts';

export const refreshToken = defineTool({
  name: 'gmail_refresh_token',
  title: 'Gmail sign-in refresh',
  description:
    'Gets a fresh Google access token for the user’s email now and says until when it lasts. Tokens are refreshed by themselves where the ' +
    'account is known to the server; call this when Google refused one, or to check that the sign-in still works.',
  // It changes no mail and is safe to repeat, so an editor need not ask before it.
  annotations: { readOnlyHint: true, openWorldHint: false },
  needs: 'refresh token',
  access: 'none',
  errorsAsJson: true,
  input: () => z.object({}),
  run: async (_args, { source, credentials, tally }) => {
    const { token, account } = await credentials.renew();
    tally.did('refreshed');
    const times = { expires_at: new Date(token.expiresAt).toISOString(), expires_in: token.lifetime };
    // A model has no use for a token that the server already holds.
    const subject = source === 'arguments' ? { access_token: token.value } : { account: account ?? 'unknown' };
    return JSON.stringify({ ...subject, ...times, status: 'success' });
  },
});

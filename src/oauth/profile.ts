import { apiProblem } from '../shared/google/api-error.ts';
import { OAUTH_TIMEOUT_MS } from './auth-error.ts';

/**
 * Asks Gmail whose mailbox an access token opens
 * (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users/getProfile).
 *
 * @param apiOrigin origin of a local stand-in; Google itself where absent
 * @returns the e-mail address, or undefined where the token's scopes do not allow the question (a send-only token)
 * @throws Problem
 */
export async function addressOfToken(accessToken: string, apiOrigin?: string): Promise<string | undefined> {
  const { OAuth2Client, TRANSPORT } = await import('../shared/google/google-auth.ts');
  const client = new OAuth2Client({ transporterOptions: { timeout: OAUTH_TIMEOUT_MS, ...TRANSPORT } });
  try {
    const { data } = await client.transporter.request<{ emailAddress?: string }>({
      url: `${apiOrigin ?? 'https://gmail.googleapis.com'}/gmail/v1/users/me/profile`,
      headers: { authorization: `Bearer ${accessToken}` },
      retry: true,
    });
    return data.emailAddress;
  } catch (error) {
    const problem = apiProblem(error);
    if (problem.code === 'scope_missing') return undefined;
    throw problem;
  }
}

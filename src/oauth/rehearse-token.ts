import { systemClock } from '../shared/clock.ts';
import { oauthEndpoints } from './endpoints.ts';
import { RehearsalAgent } from './rehearsal-agent.ts';
import { TokenClient } from './token-client.ts';

/** As the token endpoint answers (RFC 6749, section 5.1). */
const ANSWER = {
  type: 'application/json; charset=utf-8',
  body: JSON.stringify({ access_token: 'invented', token_type: 'Bearer', expires_in: 3600 }),
};

/** Gets an invented token and drops it, so that what a first request is made with has run once. */
export async function rehearseToken(): Promise<void> {
  const client = new TokenClient(oauthEndpoints(undefined), systemClock, new RehearsalAgent(ANSWER));
  await client.refresh({ clientId: 'invented', clientSecret: 'invented' }, 'invented');
}

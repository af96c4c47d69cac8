import { systemClock } from '../shared/clock.ts';
import { type Answering, RehearsalAgent } from '../shared/google/rehearsal-agent.ts';
import { oauthEndpoints } from './endpoints.ts';
import { TokenClient } from './token-client.ts';

/** Answers as the token endpoint does (RFC 6749, section 5.1). */
const answer: Answering = async () => ({
  type: 'application/json; charset=utf-8',
  body: JSON.stringify({ access_token: 'invented', token_type: 'Bearer', expires_in: 3600 }),
});

/** Gets an invented token and drops it, so that what a first request is made with has run once. */
export async function rehearseToken(): Promise<void> {
  const client = new TokenClient(oauthEndpoints(undefined), systemClock, new RehearsalAgent(answer));
  await client.refresh({ clientId: 'invented', clientSecret: 'invented' }, 'invented');
}

import { setBackend } from 'google-logging-utils';

// With GOOGLE_SDK_NODE_LOGGING in the environment Google's libraries print every answer, access tokens included.
setBackend(null);

/**
 * How every request travels. A local stand-in is reached directly, whatever proxy stands between this computer and
 * Google. No redirect is followed: 307 and 308 would hand the body, which holds tokens or mail, to another host, and the
 * others would make a read of a send (https://fetch.spec.whatwg.org/#http-redirect-fetch). None of Google's addresses
 * that are used here redirects.
 */
export const TRANSPORT: { noProxy: string[]; redirect: 'manual' } = {
  noProxy: ['127.0.0.1', 'localhost', '[::1]'],
  redirect: 'manual',
};

/**
 * Google's client, with its request log switched off. Nothing else imports google-auth-library. By its own file: the
 * package's first one loads its clients for Amazon, Azure and service accounts as well.
 */
export { CodeChallengeMethod, OAuth2Client } from 'google-auth-library/build/src/auth/oauth2client.js';

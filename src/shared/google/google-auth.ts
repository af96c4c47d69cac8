import { setBackend } from 'google-logging-utils';

// With GOOGLE_SDK_NODE_LOGGING in the environment Google's libraries print every answer, access tokens included.
setBackend(null);

/** A local stand-in is reached directly, whatever proxy stands between this computer and Google. */
export const LOCAL_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];

/** Google's client, with its request log switched off. Nothing else imports google-auth-library. */
export { CodeChallengeMethod, OAuth2Client } from 'google-auth-library';

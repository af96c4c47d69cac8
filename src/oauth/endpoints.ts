/**
 * Where Google's OAuth 2.0 endpoints are (https://accounts.google.com/.well-known/openid-configuration), or those of a
 * local stand-in that serves the same paths under one origin.
 */
export interface OAuthEndpoints {
  authorization: string;
  token: string;
  revocation: string;
  tokenInfo: string;
}

export function oauthEndpoints(loopbackOrigin?: string): OAuthEndpoints {
  return {
    authorization: `${loopbackOrigin ?? 'https://accounts.google.com'}/o/oauth2/v2/auth`,
    token: `${loopbackOrigin ?? 'https://oauth2.googleapis.com'}/token`,
    revocation: `${loopbackOrigin ?? 'https://oauth2.googleapis.com'}/revoke`,
    tokenInfo: `${loopbackOrigin ?? 'https://oauth2.googleapis.com'}/tokeninfo`,
  };
}

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export type Role = 'broker' | 'server';

/** 256 random bits, as a nonce or a challenge. */
export const randomToken = (): string => randomBytes(32).toString('base64url');

/**
 * What shows a peer that one knows the nonce without sending it: an HMAC over both challenges. The role is part of it,
 * so that no side can send the other's proof back.
 */
export function proofOf(nonce: string, role: Role, serverChallenge: string, brokerChallenge: string): string {
  return createHmac('sha256', nonce).update(`${role}\n${serverChallenge}\n${brokerChallenge}`).digest('base64url');
}

/** Compares in constant time. */
export function isProof(given: unknown, expected: string): boolean {
  if (typeof given !== 'string') return false;
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

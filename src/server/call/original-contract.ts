import type { Privacy } from '../../shared/privacy.ts';
import type { CredentialSource } from '../../shared/problem-catalogue.ts';

/**
 * Whether the tools of the original contract mask codes. With credentials from arguments a message stays as it is: the
 * caller holds the token and could read it anyway, and the contract promises the whole text.
 */
export const masksCodes = (source: CredentialSource, { showsCodes }: Privacy): boolean =>
  !showsCodes && source !== 'arguments';

import type { KnownAccess } from '../../credentials/account-access.ts';
import { isOffered } from '../../shared/access.ts';
import type { CredentialSource } from '../../shared/problem-catalogue.ts';
import type { Tool } from '../call/tool.ts';

/** What decides whether a tool is offered. */
type Offered = Pick<Tool, 'access' | 'offered'>;

/**
 * Whether a tool is there at all: the editor's accounts alone can be several, and of tokens that come as arguments
 * nobody knows whether they allow filters.
 */
export const isThere = ({ offered, access }: Offered, source: CredentialSource): boolean =>
  offered === undefined ? access !== 'filters' || source !== 'arguments' : source === 'editor';

/**
 * The tools that at least one account allows. Where nobody is signed in, or nothing is known yet, it is all that need
 * no choice of accounts: a call then says what to do. Filters are the exception, and wait until they are known to be
 * allowed.
 */
export function offeredTools<T extends Offered>(tools: readonly T[], known: KnownAccess | undefined): T[] {
  const { accounts = [], defaultAccount } = known ?? {};
  const isAllowed = ({ access }: T) =>
    accounts.length === 0 ? access !== 'filters' : accounts.some((each) => isOffered(access, each.level, each.scopes));
  return tools.filter((tool) => isAllowed(tool) && (tool.offered === undefined || defaultAccount !== undefined));
}

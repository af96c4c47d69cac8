import * as z from 'zod';
import type { KnownAccess } from '../../credentials/account-access.ts';
import { isOffered } from '../../shared/access.ts';
import { LONGEST_ADDRESS } from '../../shared/limits/longest.ts';
import type { Tool } from './tool.ts';

/**
 * The tools that at least one account allows. Where nobody is signed in, or nothing is known yet, it is all that need
 * no choice of accounts: a call then says what to do. Filters are the exception, and wait until they are known to be
 * allowed.
 */
export function offeredTools(tools: readonly Tool[], known: KnownAccess | undefined): Tool[] {
  const { accounts = [], defaultAccount } = known ?? {};
  const isAllowed = ({ access }: Tool) =>
    accounts.length === 0 ? access !== 'filters' : accounts.some((each) => isOffered(access, each.level, each.scopes));
  return tools.filter((tool) => isAllowed(tool) && (tool.offered === undefined || defaultAccount !== undefined));
}

/** The argument by which a call names an account; none for a tool that is about all of them. */
export function accountArgument(tool: Tool, defaultAccount?: string): { account?: z.ZodOptional<z.ZodString> } {
  if (tool.offered === 'several accounts') return {};
  const usual = defaultAccount === undefined ? '' : ` (default ${defaultAccount})`;
  const description = `E-mail address of the account to use${usual}; gmail_list_accounts names all`;
  return { account: z.string().trim().max(LONGEST_ADDRESS).optional().describe(description) };
}

import * as z from 'zod';
import { type AccessLevel, denialOf } from '../../shared/access.ts';
import type { Tool } from './tool.ts';

/** What one account allows. */
interface Allowance {
  level: AccessLevel;
  /** What Google granted; undefined where that is not known. */
  scopes?: readonly string[] | undefined;
}

/** A signed-in account that calls can name. */
export interface OfferedAccount extends Allowance {
  email: string;
  isDefault: boolean;
  /** Whether it lives in a local stand-in and is no real mailbox. */
  isSandbox?: boolean | undefined;
}

/** What is known of the accounts, and so of the tools to offer. */
export interface Offer {
  /** What each account allows; empty where nobody is signed in. */
  allowances: readonly Allowance[];
  /** The account of calls that name none, where there are several; undefined where calls have no choice. */
  defaultAccount: string | undefined;
}

/** The offer of signed-in accounts. */
export function offerOf(accounts: readonly OfferedAccount[]): Offer {
  const defaultAccount = accounts.length > 1 ? accounts.find(({ isDefault }) => isDefault)?.email : undefined;
  return { allowances: accounts, defaultAccount };
}

/**
 * The tools that at least one account allows. Where nobody is signed in, or nothing is known yet, it is all that need
 * no choice of accounts: a call then says what to do.
 */
export function offeredTools(tools: readonly Tool[], offer: Offer | undefined): Tool[] {
  const { allowances = [], defaultAccount } = offer ?? {};
  const isAllowed = ({ access }: Tool) =>
    allowances.length === 0 || allowances.some(({ level, scopes }) => denialOf(access, level, scopes) === undefined);
  return tools.filter((tool) => isAllowed(tool) && (tool.offered === undefined || defaultAccount !== undefined));
}

/** Longer than any e-mail address, in characters (RFC 5321, section 4.5.3.1). */
const LONGEST_ADDRESS = 320;

/** The argument by which a call names an account; none for a tool that is about all of them. */
export function accountArgument(tool: Tool, defaultAccount?: string): { account?: z.ZodOptional<z.ZodString> } {
  if (tool.offered === 'several accounts') return {};
  const usual = defaultAccount === undefined ? '' : ` (default ${defaultAccount})`;
  const description = `E-mail address of the account to use${usual}; gmail_list_accounts names all`;
  return { account: z.string().trim().max(LONGEST_ADDRESS).optional().describe(description) };
}

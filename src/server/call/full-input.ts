import * as z from 'zod';
import { credentialFields } from '../../credentials/credential-fields.ts';
import { LONGEST_ADDRESS } from '../../shared/limits/longest.ts';
import type { CredentialSource } from '../../shared/problem-catalogue.ts';
import type { Tool } from './tool.ts';

/**
 * The arguments of a tool as a client sees them: those that carry credentials, its own, and the one that names an
 * account, where there is a choice.
 */
export function fullInput(tool: Tool, source: CredentialSource, account: z.ZodRawShape): z.ZodObject {
  return z.strictObject({ ...credentialFields(source, tool.needs), ...tool.input.shape, ...account });
}

/** The argument by which a call names an account; none for a tool that is about all of them. */
export function accountArgument(tool: Tool, defaultAccount?: string): { account?: z.ZodOptional<z.ZodString> } {
  if (tool.offered === 'several accounts') return {};
  const usual = defaultAccount === undefined ? '' : ` (default ${defaultAccount})`;
  const description = `E-mail address of the account to use${usual}; gmail_list_accounts names all`;
  return { account: z.string().trim().max(LONGEST_ADDRESS).optional().describe(description) };
}

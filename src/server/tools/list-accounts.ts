import * as z from 'zod';
import type { KnownAccount } from '../../credentials/account-access.ts';
import { fitsBytes, mostFitting } from '../../result/budget.ts';
import { missingAccess } from '../../shared/access.ts';
import { defineTool } from '../call/tool.ts';

export const listAccounts = defineTool({
  name: 'gmail_list_accounts',
  title: 'List of Gmail accounts',
  description:
    'Lists the signed-in email accounts (Gmail) as JSON: the address to pass as account, which one is the default, and what ' +
    'each allows (access: read, draft, organise or full, each with what stands before it).',
  annotations: { readOnlyHint: true, openWorldHint: false },
  needs: 'access token',
  access: 'none',
  offered: 'several accounts',
  errorsAsJson: true,
  input: () => z.object({}),
  run: async (_args, { credentials, tally }) => {
    const rows = (await credentials.accounts()).map(toRow);
    const first = (count: number) => render(rows, count);
    const shown = mostFitting(rows.length, first, fitsBytes);
    tally.did('listed', shown);
    return first(shown);
  },
});

function toRow({ email, isDefault, level, scopes, isSandbox }: KnownAccount) {
  const missing = missingAccess(level, scopes);
  return {
    account: email,
    default: isDefault,
    access: level,
    // What the level includes and the sign-in does not.
    ...(missing.length > 0 ? { not_granted: missing } : {}),
    ...(isSandbox ? { sandbox: true } : {}),
  };
}

/** The first rows; what is left out is counted. */
function render(rows: readonly object[], count: number): string {
  const rest = count < rows.length ? { left_out: rows.length - count } : {};
  return JSON.stringify({ accounts: rows.slice(0, count), ...rest });
}

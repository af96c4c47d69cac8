import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { clip } from '../shared/code-points.ts';
import { Problem } from '../shared/problems.ts';
import type { GmailConnection } from './connection/connection.ts';

/** What mail a filter acts on; what is absent does not count. */
export interface FilterCriteria {
  from?: string;
  /** Cc and Bcc count as well. */
  to?: string;
  subject?: string;
  /** In Gmail's search language. */
  query?: string;
  negatedQuery?: string;
  hasAttachment?: boolean;
  /** In bytes. */
  size?: number;
  sizeComparison?: 'larger' | 'smaller';
}

/** What a filter does, by ids of labels. */
export interface FilterAction {
  add: readonly string[];
  remove: readonly string[];
  /** An address that the mail is forwarded to. */
  forward?: string;
}

export interface MailFilter {
  id: string;
  criteria: FilterCriteria;
  action: FilterAction;
}

/** The filters of the mailbox, in Gmail's order (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.filters). */
export async function listFilters(gmail: GmailConnection, signal: AbortSignal): Promise<MailFilter[]> {
  const { filter = [] } = await gmail.run(signal, (api, options) =>
    api.users.settings.filters.list({ userId: 'me' }, options),
  );
  return filter.map(toFilter);
}

/**
 * Creates a filter, for mail that arrives from now on. There is no way to change one.
 *
 * @throws Problem `filter_refused` where Gmail has one like it, or does not take it
 */
export async function createFilter(
  gmail: GmailConnection,
  { criteria, action }: Omit<MailFilter, 'id'>,
  signal: AbortSignal,
): Promise<MailFilter> {
  const requestBody = { criteria, action: { addLabelIds: [...action.add], removeLabelIds: [...action.remove] } };
  try {
    return toFilter(
      await gmail.run(signal, (api, options) =>
        api.users.settings.filters.create({ userId: 'me', requestBody }, options),
      ),
    );
  } catch (error) {
    const said = error instanceof Problem && error.code === 'request_refused' ? (error.details ?? '') : '';
    if (!/filter|label/i.test(said)) throw error;
    throw Problem.of('filter_refused', { reason: `Google said ${said}` });
  }
}

/** Deletes a filter, for good. Throws `filter_unknown`. */
export async function deleteFilter(gmail: GmailConnection, id: string, signal: AbortSignal): Promise<void> {
  try {
    await gmail.run(signal, (api, options) => api.users.settings.filters.delete({ userId: 'me', id }, options));
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'not_found') throw error;
    throw Problem.of('filter_unknown', { id: clip(id, 80) });
  }
}

function toFilter({ id, criteria, action }: gmail_v1.Schema$Filter): MailFilter {
  const { from, to, subject, query, negatedQuery, hasAttachment, size, sizeComparison } = criteria ?? {};
  const { addLabelIds, removeLabelIds, forward } = action ?? {};
  return {
    id: id ?? '',
    criteria: {
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
      ...(subject ? { subject } : {}),
      ...(query ? { query } : {}),
      ...(negatedQuery ? { negatedQuery } : {}),
      ...(hasAttachment ? { hasAttachment } : {}),
      ...(size && (sizeComparison === 'larger' || sizeComparison === 'smaller') ? { size, sizeComparison } : {}),
    },
    action: { add: addLabelIds ?? [], remove: removeLabelIds ?? [], ...(forward ? { forward } : {}) },
  };
}

/**
 * What each method of the Gmail API costs in quota units, by HTTP method and what follows the user in its path; ids
 * stand as `*` (https://developers.google.com/workspace/gmail/api/reference/quota).
 */
const UNITS: Readonly<Record<string, number>> = {
  'GET profile': 1,
  'GET history': 2,
  'GET messages': 5,
  'GET messages/*': 20,
  'GET messages/*/attachments/*': 20,
  'POST messages/*/modify': 5,
  'POST messages/*/trash': 20,
  'POST messages/*/untrash': 20,
  'POST messages/batchModify': 50,
  'POST messages/send': 100,
  'GET threads': 10,
  'GET threads/*': 40,
  'GET drafts': 5,
  'GET drafts/*': 20,
  'POST drafts': 10,
  'PUT drafts/*': 15,
  'DELETE drafts/*': 10,
  'POST drafts/send': 100,
  'GET labels': 1,
  'GET labels/*': 1,
  'POST labels': 5,
  'PUT labels/*': 5,
  'PATCH labels/*': 5,
  'DELETE labels/*': 5,
  'GET settings/filters': 1,
  'GET settings/filters/*': 1,
  'POST settings/filters': 5,
  'DELETE settings/filters/*': 5,
  'GET settings/sendAs': 1,
  'GET settings/sendAs/*': 1,
};

/** A method that is not in the table counts like reading a message. */
const OTHER = 20;

/** Names that stand in a path where others have an id. */
const NO_IDS = new Set(['send', 'batchModify', 'filters', 'sendAs', 'attachments', 'modify', 'trash', 'untrash']);

/**
 * The quota units that a request costs.
 *
 * @param path of the URL, without its query; that of an upload costs the same
 */
export function unitsOf(method: string, path: string): number {
  const [, below = ''] = /\/gmail\/v1\/users\/[^/]+\/(.+)$/.exec(path) ?? [];
  const name = below
    .split('/')
    .map((segment, index) => (index === 0 || NO_IDS.has(segment) ? segment : '*'))
    .join('/');
  return UNITS[`${method.toUpperCase()} ${name}`] ?? OTHER;
}

import { invalidArgument } from '../google-error.ts';

/** Lists of the Gmail API answer 100 entries where nothing else is asked, and never more than 500. */
const USUAL_PAGE = 100;
const LARGEST_PAGE = 500;

/**
 * The page that `maxResults` and `pageToken` ask for.
 *
 * @throws GoogleError 400 for a token that no list gave out
 */
export function pageOf<T>(
  items: readonly T[],
  query: URLSearchParams,
): { page: T[]; next: { nextPageToken?: string } } {
  const start = readPageToken(query.get('pageToken'));
  const size = Math.min(Number(query.get('maxResults') ?? USUAL_PAGE) || USUAL_PAGE, LARGEST_PAGE);
  const end = start + size;
  return { page: items.slice(start, end), next: end < items.length ? { nextPageToken: pageToken(end) } : {} };
}

const pageToken = (start: number) => Buffer.from(`page ${start}`).toString('base64url');

function readPageToken(token: string | null): number {
  if (!token) return 0;
  const start = /^page (\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8'))?.[1];
  if (start === undefined) throw invalidArgument('Invalid pageToken');
  return Number(start);
}

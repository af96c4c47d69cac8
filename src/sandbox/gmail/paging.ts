import { invalidArgument } from '../google-error.ts';
import type { Quirks } from '../store/quirks.ts';

/** Lists of the Gmail API answer 100 entries where nothing else is asked, and never more than 500. */
const USUAL_PAGE = 100;
const LARGEST_PAGE = 500;

/** Where a page begins, and whether an empty one has stood there already. */
interface Place {
  start: number;
  hadEmpty: boolean;
}

/**
 * The page that `maxResults` and `pageToken` ask for. With the quirk of short pages an empty one comes before each, and
 * each holds half of what was asked for.
 *
 * @throws GoogleError 400 for a token that no list gave out
 */
export function pageOf<T>(
  items: readonly T[],
  query: URLSearchParams,
  { shortPages }: Quirks,
): { page: T[]; next: { nextPageToken?: string } } {
  const { start, hadEmpty } = readPageToken(query.get('pageToken'));
  const asked = Math.min(Number(query.get('maxResults') ?? USUAL_PAGE) || USUAL_PAGE, LARGEST_PAGE);
  if (shortPages && !hadEmpty && start < items.length) return { page: [], next: pageToken({ start, hadEmpty: true }) };
  const end = start + (shortPages ? Math.ceil(asked / 2) : asked);
  return { page: items.slice(start, end), next: end < items.length ? pageToken({ start: end, hadEmpty: false }) : {} };
}

/** Tokens are long numbers, as Gmail's are, of which the sandbox knows its own again. */
const [FIRST, STEP] = [10n ** 19n, 7_919n];

const pageToken = ({ start, hadEmpty }: Place) => ({
  nextPageToken: String(FIRST + STEP * BigInt(start * 2 + Number(hadEmpty))),
});

function readPageToken(token: string | null): Place {
  if (!token) return { start: 0, hadEmpty: false };
  const distance = /^\d{20}$/.test(token) ? BigInt(token) - FIRST : -1n;
  if (distance < 0n || distance % STEP !== 0n) throw invalidArgument('Invalid pageToken');
  const place = Number(distance / STEP);
  return { start: Math.floor(place / 2), hadEmpty: place % 2 === 1 };
}

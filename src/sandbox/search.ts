import type { StoredMessage } from './mailbox.ts';

interface Term {
  operator: string;
  value: string;
  negated: boolean;
}

/** Where Gmail looks by default: everywhere but Spam and Trash. */
const HIDDEN_PLACES = ['SPAM', 'TRASH'];

/** `is:` and `in:` words and the label that each stands for. */
const LABEL_WORDS: Record<string, string> = {
  unread: 'UNREAD',
  starred: 'STARRED',
  important: 'IMPORTANT',
  inbox: 'INBOX',
  sent: 'SENT',
  draft: 'DRAFT',
  drafts: 'DRAFT',
  spam: 'SPAM',
  trash: 'TRASH',
};

/** Reads a query of words, "phrases" and `operator:value` terms, each optionally negated by `-`. */
function parseQuery(query: string): Term[] {
  const terms: Term[] = [];
  for (const match of query.matchAll(/(-?)(?:(\w+):)?(?:"([^"]*)"|(\S+))/g)) {
    const [, minus, operator = '', phrase, word] = match;
    terms.push({
      operator: operator.toLowerCase(),
      value: (phrase ?? word ?? '').toLowerCase(),
      negated: minus === '-',
    });
  }
  return terms;
}

/** Whether a query reaches into Spam and Trash by itself. */
export function reachesHiddenPlaces(query: string): boolean {
  return parseQuery(query).some(
    ({ operator, value, negated }) => operator === 'in' && !negated && /^(anywhere|spam|trash)$/.test(value),
  );
}

/** Whether a message lies where a list without `includeSpamTrash` does not look. */
export const isHidden = (message: StoredMessage) => HIDDEN_PLACES.some((label) => message.labelIds.has(label));

/** Whether a message answers every term of the query. */
export function matchesQuery(message: StoredMessage, query: string): boolean {
  return parseQuery(query).every((term) => matchesTerm(message, term) !== term.negated);
}

function matchesTerm(message: StoredMessage, { operator, value }: Term): boolean {
  const has = (name: string) => hasWords(message.header(name), value);
  switch (operator) {
    case 'is':
      return value === 'read' ? !message.labelIds.has('UNREAD') : hasLabelWord(message, value);
    case 'in':
      return value === 'anywhere' || hasLabelWord(message, value);
    case 'from':
      return has('from');
    case 'to':
      return has('to');
    case 'subject':
      return has('subject');
    default:
      return hasWords(message.searchText, operator ? `${operator}:${value}` : value);
  }
}

function hasLabelWord(message: StoredMessage, word: string): boolean {
  return message.labelIds.has(LABEL_WORDS[word] ?? word.toUpperCase());
}

/** Scripts that are written without blanks between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Whether a text has the words, whole and in this order. */
function hasWords(text: string, words: string): boolean {
  if (UNSPACED.test(words)) return text.toLowerCase().includes(words);
  const plain = (value: string) => ` ${(value.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).join(' ')} `;
  return plain(text).includes(plain(words));
}

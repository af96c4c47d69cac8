import { type Hit, hitsIn } from './lexicon.ts';
import { MEANING } from './meaning.ts';
import { LETTERS } from './words/letters.ts';

export interface Trigger {
  start: number;
  end: number;
  /**
   * Strong words say by themselves that the code lets somebody in; asking ones ask for some code, and weak ones mean
   * any code.
   */
  strength: 'strong' | 'asking' | 'weak';
  words: string;
}

const { code, self, key, once, lets, asks, other, offer } = MEANING;

/** What may stand between "code" and the word that says what it is for: up to three words of one sentence. */
const GAP = new RegExp(`^(?:[\\s'’"()/-]{0,3}[${LETTERS}]{1,16}){0,3}[\\s'’"()/-]{0,3}$`, 'i');
const LONGEST_GAP = 36;
/** What may stand between "code" and the word that makes it another kind of code: `code de réduction`. */
const OF = new RegExp(`^[\\s'’:_-]{0,2}(?:[${LETTERS}’']{1,2}[\\s'’]{1,2})?$`, 'i');
const BREAK = /\n\s*\n|[.!?]/;

/** How many words that mean something are looked at on each side. */
const NEIGHBOURS = 4;

/** The words of a text that announce codes, in their order. They do not overlap. */
export function triggersIn(text: string, hits: readonly Hit[] = hitsIn(text)): Trigger[] {
  const found: Trigger[] = [];
  hits.forEach((_, at) => {
    const trigger = triggerAt(text, hits, at);
    const last = found.at(-1);
    if (!trigger) return;
    if (!last || last.end <= trigger.start) found.push(trigger);
    else if (trigger.strength === 'strong' && last.strength === 'strong') {
      last.end = Math.max(last.end, trigger.end);
      last.words = text.slice(last.start, last.end);
    } else if (trigger.strength === 'strong' || (trigger.strength === 'asking' && last.strength === 'weak')) {
      found[found.length - 1] = trigger;
    }
  });
  return found;
}

function triggerAt(text: string, hits: readonly Hit[], at: number): Trigger | undefined {
  const hit = hits[at];
  if (!hit || !(hit.means & (code | self | key))) return undefined;
  if (hit.means & self || (hit.means & code && hit.means & lets) || (hit.means & key && hit.means & once)) {
    return make(text, hit.start, hit.end, 'strong');
  }
  if (isOther(text, hits, at)) return undefined;
  const wanted = hit.means & code ? lets | once : once;
  const partner = neighbour(text, hits, at, wanted);
  if (partner) {
    return make(text, Math.min(hit.start, partner.start), Math.max(hit.end, partner.end), 'strong');
  }
  const asking = hit.means & code ? neighbour(text, hits, at, asks) : undefined;
  if (asking) return make(text, Math.min(hit.start, asking.start), hit.end, 'asking');
  return make(text, hit.start, hit.end, 'weak');
}

const make = (text: string, start: number, end: number, strength: Trigger['strength']): Trigger => ({
  start,
  end,
  strength,
  words: text.slice(start, end),
});

/** The nearest word around that means what is wanted, in the same phrase. */
function neighbour(text: string, hits: readonly Hit[], at: number, wanted: number): Hit | undefined {
  for (let distance = 1; distance <= NEIGHBOURS; distance++) {
    for (const hit of [hits[at - distance], hits[at + distance]]) {
      if (hit && hit.means & wanted && areClose(text, hits[at], hit)) return hit;
    }
  }
  return undefined;
}

function areClose(text: string, a: Hit | undefined, b: Hit): boolean {
  if (!a) return false;
  const gap = text.slice(Math.min(a.end, b.end), Math.max(a.start, b.start));
  return gap.length <= LONGEST_GAP && GAP.test(gap) && !BREAK.test(gap);
}

/** Whether it is the code of an order, of a discount, of a place. */
function isOther(text: string, hits: readonly Hit[], at: number): boolean {
  const hit = hits[at];
  if (!hit) return false;
  if (hit.means & (other | offer)) return true;
  const before = hits[at - 1];
  const after = hits[at + 1];
  const says = (next: Hit | undefined) =>
    next !== undefined && (next.means & (other | offer)) !== 0 && !(next.means & lets);
  return (
    (says(before) && OF.test(text.slice(before?.end, hit.start))) ||
    (says(after) && OF.test(text.slice(hit.end, after?.start)))
  );
}

/** Whether a subject or a sender announces a code without any number beside it. */
export function announcesCode(line: string): boolean {
  return triggersIn(line).some(({ strength }) => strength === 'strong');
}

import { Problem } from '../../shared/problems.ts';
import { countElements } from './bound-depth.ts';

/** How many elements a caller may write, and how many a draft may have, of which each line of plain text is two. */
const MOST = { html_body: 20_000, 'the draft': 100_000 } as const;

/**
 * Refuses HTML whose conversion would take long: everything else in this process waits for it.
 *
 * @throws Problem `html_unbearable`
 */
export function assertBearable(html: string, of: keyof typeof MOST): void {
  const count = countElements(html);
  if (count <= MOST[of]) return;
  const [found, limit] = [count.toLocaleString('en'), MOST[of].toLocaleString('en')];
  throw Problem.of('html_unbearable', { of, found, limit });
}

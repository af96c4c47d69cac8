import { heldState, holdOn } from '../../shared/hidden/hidden-query.ts';
import { Problem } from '../../shared/problems.ts';
import { visibleStart } from '../../shared/visible.ts';

/**
 * Passes where labels of these names may come to be, get another name or go. By a label that the search for hidden mail
 * names, a change would bring mail into view: also by a new one, which could be found in place of the right one.
 *
 * @param isDeleted whether they go, which matters too where the search asks whether there is any label
 * @throws Problem `label_hides_mail`, `hidden_query_wrong`
 */
export function assertHidesNothing(hiddenQuery: string, names: readonly string[], isDeleted: boolean): void {
  for (const name of names) {
    const hold = holdOn(hiddenQuery, name);
    if (hold === 'name' || (hold && isDeleted)) {
      throw Problem.of('label_hides_mail', { label: visibleStart(name, 60) });
    }
  }
}

/**
 * Passes where mail to come may have these labels put on or taken off by itself: by none of them may what is hidden come
 * into view.
 *
 * @param names of the user's own labels
 * @param ids of Gmail's
 * @throws Problem `label_hides_mail`, `hidden_query_wrong`
 */
export function assertActsOnNothingHidden(hiddenQuery: string, names: readonly string[], ids: readonly string[]): void {
  assertHidesNothing(hiddenQuery, names, true);
  const held = heldState(hiddenQuery, ids);
  if (held) throw Problem.of('label_hides_mail', { label: held });
}

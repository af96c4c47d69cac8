import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import {
  createFilter,
  deleteFilter,
  type FilterAction,
  type FilterCriteria,
  listFilters,
  type MailFilter,
} from '../gmail/filters.ts';
import { allRecordsSince } from '../gmail/history.ts';
import { presentHistoryId } from '../gmail/history-place.ts';
import { changeLabels, type LabellingOutcome } from '../gmail/labelling.ts';
import {
  changeLabel,
  countOfLabel,
  createLabel,
  deleteLabel,
  type KnownLabel,
  knownLabels,
  type LabelLook,
} from '../gmail/labels.ts';
import { heldState, holdOn } from '../shared/hidden/hidden-query.ts';
import { MessageFinder } from './message-finder.ts';
import { assertActsOnNothingHidden, assertHidesNothing } from './secrecy/held-labels.ts';

export type { FilterAction, FilterCriteria, MailFilter } from '../gmail/filters.ts';
export type { LabellingOutcome } from '../gmail/labelling.ts';
export type { KnownLabel, LabelColour } from '../gmail/labels.ts';

/** The one door through which mail is changed; what stays out of reach is not there for it. Errors are Problems. */
export class Organiser extends MessageFinder {
  /** The origin of the local stand-in that the mailbox lies in; undefined for Google's own. */
  standIn(): Promise<string | undefined> {
    return this.gmail.standIn();
  }

  /** Gmail's history id now. */
  place(signal = this.signal): Promise<string> {
    return presentHistoryId(this.gmail, signal);
  }

  /** Puts labels on messages and takes others off. What fails or is cancelled half-way is answered, not thrown. */
  change(
    ids: readonly string[],
    labels: { add: readonly string[]; remove: readonly string[] },
  ): Promise<LabellingOutcome> {
    return changeLabels(this.gmail, { ids, ...labels }, this.signal);
  }

  /** All that happened since. Throws `history_gone`. */
  history(historyId: string, signal = this.signal): Promise<readonly gmail_v1.Schema$History[]> {
    return allRecordsSince(this.gmail, historyId, signal);
  }

  /** Every label by id and name. */
  labels(): Promise<KnownLabel[]> {
    return knownLabels(this.gmail, this.signal);
  }

  /** As the function of this name. */
  assertHidesNothing(names: readonly string[], isDeleted = false): void {
    assertHidesNothing(this.options.privacy.hiddenQuery, names, isDeleted);
  }

  /** Throws `label_name_wrong` where Gmail does not take the name, and `label_hides_mail`. */
  async createLabel(label: Pick<LabelLook, 'color'> & { name: string }): Promise<KnownLabel> {
    this.assertHidesNothing([label.name]);
    return createLabel(this.gmail, label, this.signal);
  }

  /** Throws `label_name_wrong` where Gmail does not take the name, and `label_hides_mail`. */
  async changeLabel({ id, name }: KnownLabel, look: LabelLook): Promise<KnownLabel> {
    if (look.name !== undefined) this.assertHidesNothing([name, look.name]);
    return changeLabel(this.gmail, { id, look }, this.signal);
  }

  /** Takes the label off all mail. Throws `label_hides_mail`. */
  async deleteLabel({ id, name }: KnownLabel): Promise<void> {
    this.assertHidesNothing([name], true);
    await deleteLabel(this.gmail, id, this.signal);
  }

  /** How many messages have a label; undefined where mail is hidden, which Gmail counts too. */
  async countOf({ id }: KnownLabel): Promise<number | undefined> {
    return this.hidden.isActive ? undefined : countOfLabel(this.gmail, id, this.signal);
  }

  /** The filters, in Gmail's order. */
  filters(): Promise<MailFilter[]> {
    return listFilters(this.gmail, this.signal);
  }

  /** As the function of this name. */
  assertActsOnNothingHidden(names: readonly string[], ids: readonly string[]): void {
    assertActsOnNothingHidden(this.options.privacy.hiddenQuery, names, ids);
  }

  /** Whether what is hidden hangs on these labels, of the user's own by their names and of Gmail's by their ids. */
  hangsOn(names: readonly string[], ids: readonly string[]): boolean {
    const { hiddenQuery } = this.options.privacy;
    return names.some((name) => holdOn(hiddenQuery, name)) || heldState(hiddenQuery, ids) !== undefined;
  }

  /** Creates a filter. Throws `filter_refused`. */
  createFilter(filter: { criteria: FilterCriteria; action: FilterAction }): Promise<MailFilter> {
    return createFilter(this.gmail, filter, this.signal);
  }

  /** Throws `filter_unknown`. */
  deleteFilter(id: string): Promise<void> {
    return deleteFilter(this.gmail, id, this.signal);
  }
}

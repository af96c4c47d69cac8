import { OwnRules } from '../../../src/credentials/change-rules.ts';
import type { HistoryRecord } from '../../../src/gmail/history-fold.ts';
import type { KnownLabel, LabellingOutcome, MailFilter, Organiser } from '../../../src/mailbox/organiser.ts';
import type { ChangeRules } from '../../../src/organise/rules.ts';
import { Problem } from '../../../src/shared/problems.ts';

/** A mailbox that holds nothing but what a test puts there, and does at once what it is asked for. */
export class StubOrganiser {
  view = 'the view';
  /** Ids of messages; a search finds all of them. */
  messages: string[] = [];
  /** Whether the search finds still more. */
  hasMore = false;
  labelled: KnownLabel[] = [];
  kept: MailFilter[] = [];
  /** Names of labels that Gmail does not take, and of those that it does not delete. */
  refused: string[] = [];
  stuck: string[] = [];
  /** What was changed, by the ids of the messages. */
  readonly changes: { ids: readonly string[]; add: readonly string[]; remove: readonly string[] }[] = [];

  /** As those take it who are given one. */
  get door(): Organiser {
    return this as unknown as Organiser;
  }

  async find() {
    return { found: this.messages.map((id) => ({ id, threadId: id })), hasMore: this.hasMore };
  }
  async newest() {
    return { rows: [], hasMore: false };
  }
  async visible(ids: readonly string[]) {
    return ids.filter((id) => this.messages.includes(id));
  }
  async stillVisible(ids: readonly string[]) {
    return this.visible(ids);
  }
  async present(ids: readonly string[]) {
    return (await this.visible(ids)).map((id) => ({ id }));
  }
  async drafts() {
    return new Set<string>();
  }
  async rows() {
    return [];
  }
  /** The first place of the history that is asked for; from then on it is 1. */
  from = '1';
  async place() {
    const { from } = this;
    this.from = '1';
    return from;
  }
  /** What was changed is told by `changes` alone. */
  async history(): Promise<HistoryRecord[]> {
    throw Problem.of('history_gone', {});
  }
  async change(
    ids: readonly string[],
    labels: { add: readonly string[]; remove: readonly string[] },
  ): Promise<LabellingOutcome> {
    this.changes.push({ ids, ...labels });
    return { done: [...ids], left: [] };
  }
  async labels() {
    return [...this.labelled];
  }
  async createLabel({ name }: { name: string }) {
    if (this.refused.includes(name)) throw Problem.of('google_failed', { status: '503' });
    const label: KnownLabel = { id: `id of ${name}`, name, type: 'user' };
    this.labelled.push(label);
    return label;
  }
  async deleteLabel({ id, name }: KnownLabel) {
    if (this.stuck.includes(name)) throw Problem.of('google_failed', { status: '503' });
    this.labelled = this.labelled.filter((label) => label.id !== id);
  }
  async filters() {
    return this.kept;
  }
  async createFilter(filter: Omit<MailFilter, 'id'>) {
    const id = `filter ${filter.action.add.join(' ')}`;
    if (this.refused.includes(id)) throw Problem.of('filter_refused', { reason: 'Google said no' });
    const made = { id, ...filter };
    this.kept.push(made);
    return made;
  }
  async deleteFilter(id: string) {
    if (this.stuck.includes(id)) throw Problem.of('google_failed', { status: '503' });
    this.kept = this.kept.filter((filter) => filter.id !== id);
  }
  assertHidesNothing() {
    return undefined;
  }
  hangsOn() {
    return false;
  }
  assertActsOnNothingHidden() {
    return undefined;
  }
}

/** A label of the user's own. */
export const ownLabel = (name: string, id = `id of ${name}`): KnownLabel => ({ id, name, type: 'user' });

/**
 * Rules by which everything goes without a question.
 *
 * @param ask takes the place of the person where a question is asked all the same
 */
export function openRules(ask: ChangeRules['confirm'] = async () => undefined): ChangeRules {
  const { signal } = new AbortController();
  const own = new OwnRules().of(async () => 'me', { client: 'a client', ask: undefined, signal });
  return { ...own, take: async () => ({ isAllowed: true, limit: 'labels', recent: 0 }), confirm: ask };
}

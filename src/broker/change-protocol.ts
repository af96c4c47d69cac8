import * as z from 'zod';
import { MOST_CHANGED } from '../shared/changes/change-allowance.ts';

/** An account that a request is about; the default one where absent. */
const account = z.string().max(320).optional();

const id = z.string().min(1).max(256);
const labels = z.array(id).max(200);
const historyId = z.string().regex(/^\d{1,20}$/);
const window = z.strictObject({ from: historyId, to: historyId.optional() });

/** What a person decides on before mail is changed: facts in our own words, and examples in those of strangers. */
const changeQuestionSchema = z.strictObject({
  account,
  /** `Archive 312 messages?` */
  title: z.string().min(1).max(300),
  /** What the button says that agrees: `Archive 312 Messages`. */
  verb: z.string().min(1).max(80),
  facts: z.array(z.string().max(600)).max(10),
  examples: z.array(z.string().max(400)).max(10),
  /** Why a person is asked at all, where that is not plain. */
  reason: z.string().max(300).optional(),
});
export type ChangeQuestion = z.infer<typeof changeQuestionSchema>;

const own = z.array(z.strictObject({ id, name: z.string().max(300) })).max(100);

const requestedChange = z.strictObject({
  client: z.string().max(200),
  what: z.string().max(200),
  add: labels,
  remove: labels,
  own,
  from: historyId,
});

const madeChange = z.strictObject({
  id: z.string().max(64),
  client: z.string().max(200),
  what: z.string().max(200),
  add: labels,
  remove: labels,
  own,
  at: z.number(),
  window,
  requested: z.int().min(0),
  changed: z.int().min(0).optional(),
  confirmed: z.int().min(0).optional(),
  undone: window.optional(),
});

const changeKind = z.enum(['labels', 'bin']);

/** What the MCP server may ask the window for when it organises mail. */
export const CHANGE_METHODS = {
  /** Whether so many messages may be changed without a question; they are counted then. */
  takeAllowance: {
    params: z.strictObject({ account, kind: changeKind, count: z.int().min(1).max(1_000_000) }),
    result: z.strictObject({
      isAllowed: z.boolean(),
      limit: changeKind,
      recent: z.int().min(0),
      ticket: z.string().max(64).optional(),
    }),
  },
  /** Gives back what was counted for a change and not changed, once. */
  giveBackAllowance: {
    params: z.strictObject({ account, ticket: z.string().max(64), count: z.int().min(1).max(1_000_000) }),
    result: z.strictObject({}),
  },
  /** Shows the person what is about to be changed, and waits for the answer. */
  confirmChange: {
    params: changeQuestionSchema,
    result: z.strictObject({ agrees: z.boolean() }),
  },
  /** Notes a change before it is made. */
  beginChange: {
    params: z.strictObject({ account, ids: z.array(id).max(MOST_CHANGED), change: requestedChange }),
    result: z.strictObject({ id: z.string() }),
  },
  /**
   * Notes where a change ended, and how many messages it changed where that is known; none, and it is forgotten. Answers
   * whether the window knows of the change: another one may have noted that it began.
   */
  endChange: {
    params: z.strictObject({
      account,
      id,
      to: historyId.optional(),
      changed: z.int().min(0).optional(),
      confirmed: z.int().min(0).optional(),
    }),
    result: z.strictObject({ isNoted: z.boolean() }),
  },
  /** Has a change taken back by one server alone, until it is released or five minutes are over. */
  claimUndo: {
    params: z.strictObject({ account, id }),
    result: z.strictObject({ claim: z.enum(['claimed', 'under way', 'taken back']) }),
  },
  releaseUndo: { params: z.strictObject({ account, id }), result: z.strictObject({}) },
  /** Notes where a change was taken back. */
  noteUndone: { params: z.strictObject({ account, id, window }), result: z.strictObject({}) },
  /** The changes that were made, the newest first. */
  changesMade: { params: z.strictObject({ account }), result: z.strictObject({ changes: z.array(madeChange) }) },
  /** The messages of one of them. */
  changedIds: { params: z.strictObject({ account, id }), result: z.strictObject({ ids: z.array(z.string()) }) },
} as const;

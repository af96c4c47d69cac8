import * as z from 'zod';
import { ACCESS_LEVELS, type Access } from '../shared/access.ts';
import { ACTIVITY_METHODS, LONGEST_CLIENT } from './activity/protocol.ts';
import { CHANGE_METHODS } from './change-protocol.ts';
import { sendAnswerSchema, sendQuestionSchema } from './send-question.ts';

/** How often the person wants to be asked before a message goes out. */
export const WHEN_SENDING_ASKS = ['always', 'newRecipients', 'never'] as const;
export type WhenSendingAsks = (typeof WHEN_SENDING_ASKS)[number];

/** Messages sent through the extension that are remembered for an account. */
export const MOST_SENT_REMEMBERED = 500;

/** An account that a request is about; the default one where absent. */
const account = z.string().max(320).optional();

/** The name that the client gives itself, for the record of activity. */
const client = z.string().max(LONGEST_CLIENT).optional();

/** Quota units of the Gmail API; no request costs more. */
const units = z.int().min(1).max(3_000);

/** What a token is wanted for. */
const access = z.enum(['none', 'read', 'draft', 'organise', 'filters', 'send']) satisfies z.ZodType<Access>;

/** A signed-in account, as far as a server needs to know it. */
const brokerAccountSchema = z.strictObject({
  email: z.string(),
  /** Whether it is the one that requests without an account are about. */
  isDefault: z.boolean(),
  /** What the person and the administrator allow. */
  level: z.enum(ACCESS_LEVELS),
  /** What Google granted; absent where that is not known. */
  scopes: z.array(z.string()).optional(),
  /** Whether it lives in a local stand-in and is no real mailbox. */
  isSandbox: z.boolean().optional(),
});
export type BrokerAccount = z.infer<typeof brokerAccountSchema>;

const chosenFolder = z.strictObject({
  path: z.string().min(1).max(4096),
  /** What the path led to when the person chose it, in decimal. */
  device: z.string().regex(/^\d{1,20}$/),
  inode: z.string().regex(/^\d{1,20}$/),
});

const draftHold = z.strictObject({ draftId: z.string().max(256), holder: z.string().min(1).max(64) });

/** What the MCP server may ask the window for. Answers are checked as strictly as requests. */
export const METHODS = {
  /** The signed-in accounts, the default one first. */
  listAccounts: {
    params: z.strictObject({}),
    result: z.strictObject({ accounts: z.array(brokerAccountSchema) }),
  },
  /**
   * An access token with time left, or another one than the refused; refused where the account may not do that. With it
   * come so many units of the account's quota, which may have to be waited for.
   */
  getToken: {
    params: z.strictObject({
      account,
      access,
      refused: z.string().max(8192).optional(),
      client,
      units: units.optional(),
    }),
    result: z.strictObject({
      account: z.string(),
      value: z.string(),
      /** Milliseconds since the epoch, by Google's clock. */
      expiresAt: z.number(),
      /** Seconds. */
      lifetime: z.number(),
      /** Milliseconds by which this computer's clock is ahead of Google's. */
      clockSkewMs: z.number(),
      /** What of the mailbox stays out of the model's reach. */
      privacy: z.strictObject({ hiddenQuery: z.string().max(8192), showsCodes: z.boolean() }),
      /** The local stand-in that the token belongs to; Google's where absent. */
      apiOrigin: z.string().optional(),
      /** Whether the person wants searches noted in the record of activity; no search is reported otherwise. */
      notesSearches: z.boolean(),
    }),
  },
  /** The same, asked of Google now. */
  renewToken: {
    params: z.strictObject({ account, client }),
    get result() {
      return METHODS.getToken.result;
    },
  },
  /** Takes more units of the account's quota, which may have to be waited for; refused where that would take too long. */
  takeUnits: { params: z.strictObject({ account, units }), result: z.strictObject({}) },
  /** Gmail has refused a request for its rate: no server of the account asks for anything, for so many milliseconds. */
  restUnits: {
    params: z.strictObject({
      account,
      milliseconds: z
        .number()
        .min(0)
        .max(24 * 60 * 60_000),
    }),
    result: z.strictObject({}),
  },
  /** The folder into which files may be saved; the person chooses it the first time. */
  saveFolder: {
    params: z.strictObject({}),
    result: chosenFolder,
  },
  /** Shows the person what is about to leave, and waits for the answer; refused where the account may not send. */
  confirmSend: { params: sendQuestionSchema, result: sendAnswerSchema },
  /** How often the person wants to be asked, and what tells whether a recipient is known. */
  sendPolicy: {
    params: z.strictObject({ account }),
    result: z.strictObject({
      asks: z.enum(WHEN_SENDING_ASKS),
      /** Messages that were sent through the extension: they make nobody known. */
      sent: z.array(z.string().max(256)).max(MOST_SENT_REMEMBERED),
    }),
  },
  /** A message was sent. */
  reportSent: {
    params: z.strictObject({ account: z.string().max(320), messageId: z.string().max(256) }),
    result: z.strictObject({}),
  },
  /** Keeps a draft for one call, until that releases it or its server goes away; refused while another call has it. */
  holdDraft: { params: draftHold, result: z.strictObject({}) },
  releaseDraft: { params: draftHold, result: z.strictObject({}) },
  /** The folders whose files may be attached. */
  attachmentFolders: {
    params: z.strictObject({}),
    result: z.strictObject({ folders: z.array(chosenFolder).max(50) }),
  },
  ...CHANGE_METHODS,
  ...ACTIVITY_METHODS,
} as const;

export type Method = keyof typeof METHODS;
export type Params<M extends Method> = z.infer<(typeof METHODS)[M]['params']>;
export type Result<M extends Method> = z.infer<(typeof METHODS)[M]['result']>;
export type BrokerToken = Result<'getToken'>;

export const isMethod = (name: unknown): name is Method => typeof name === 'string' && Object.hasOwn(METHODS, name);

/** Settings of the window that the server cannot see by itself, handed over once both sides are proven. */
export const settingsSchema = z.object({
  /** The editor's proxy. It may hold a password, so it is in no environment that would be cached. */
  proxy: z.string().max(2000).optional(),
});
export type BrokerSettings = z.infer<typeof settingsSchema>;

export const wireProblemSchema = z.object({
  code: z.string(),
  facts: z.record(z.string(), z.unknown()),
  details: z.string().optional(),
});

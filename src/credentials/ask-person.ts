/**
 * How a person answered a question: `cancelled` where the client closed it without an answer, `unusable` where the
 * answer says neither yes nor no, `failed` where the client answered with an error, `unanswered` where none came in time, `unable` where the client cannot ask.
 */
export type Answer = 'accept' | 'decline' | 'cancelled' | 'unusable' | 'failed' | 'unanswered' | 'unable';

/** Asks the person at the client, by MCP elicitation. Undefined where the client has none. */
export type AskPerson = ((question: string, what: AskedAbout, signal: AbortSignal) => Promise<Answer>) | undefined;

/** What only an explicit yes lets happen. */
export type AskedAbout = 'send' | 'draft' | 'change';

/** What a newcomer may ask, by the names under which the walkthrough's buttons know it. */
export const QUESTIONS = {
  news: 'What is new in my email? The important first, one line each.',
  waiting: 'Which email of the last two weeks still waits for an answer from me?',
  draft: 'Draft a reply to the newest email that asks me something. Show it to me before you save or send anything.',
} as const;

export type QuestionName = keyof typeof QUESTIONS;

/** Whether something is the name of a question. */
export function isQuestion(name: unknown): name is QuestionName {
  return typeof name === 'string' && Object.hasOwn(QUESTIONS, name);
}

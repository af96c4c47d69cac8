import assert from 'node:assert/strict';
import { OFFERED_PROMPTS, writePrompt } from '../../src/server/prompts/index.ts';

interface Skill {
  prompt: string;
  /** In `[a-z-]`, which is its folder's name as well. */
  name: string;
  /** What it does, and when a model shall use it; at most 1,024 characters. */
  description: string;
  /** What the prompt takes and a person says in the chat instead. */
  argument?: string;
}

/** In the order of the prompts. */
const SKILLS: readonly Skill[] = [
  {
    prompt: 'triage_inbox',
    name: 'triage-email',
    description:
      'Triage the email inbox of the user’s Gmail: sort the newest messages by what they need. Use it when the user asks ' +
      'what is new, important or urgent in their email, or wants the inbox sorted or cleaned up.',
  },
  {
    prompt: 'summarise_thread',
    name: 'summarise-email-thread',
    description:
      'Summarise an email conversation in the user’s Gmail: decisions, open questions and what waits for whom. Use it ' +
      'when the user asks what an email thread is about, what was agreed, or where it stands.',
    argument: 'thread_id',
  },
  {
    prompt: 'draft_reply',
    name: 'draft-email-reply',
    description:
      'Draft a reply to an email in the user’s Gmail and show it before anything is saved or sent. Use it when the user ' +
      'asks to answer, reply to or respond to an email.',
    argument: 'thread_id',
  },
  {
    prompt: 'find_promises',
    name: 'find-email-promises',
    description:
      'Find open promises in the user’s email (Gmail): what the user owes others, and what others owe the user. Use it ' +
      'when the user asks what they promised, whom they must answer, or who has not answered them yet.',
  },
  {
    prompt: 'find_invoice',
    name: 'find-invoice-email',
    description:
      'Find an invoice, bill or receipt in the user’s email (Gmail) and its attachments: from whom, how much, due when. ' +
      'Use it when the user looks for an invoice, a bill, a receipt or an order, or asks what is to be paid.',
    argument: 'what',
  },
  {
    prompt: 'unsubscribe',
    name: 'unsubscribe-email',
    description:
      'Unsubscribe from newsletters and mailing lists in the user’s email (Gmail). Use it when the user wants fewer ' +
      'newsletters or less advertising, or to leave a mailing list.',
  },
];

const NAMED_IN_CHAT =
  'the one that I name. Where I give no id, find it with gmail_search_emails by the words that I use; where several ' +
  'fit, ask me which';

/** The agent skills (https://agentskills.io/specification) as package.json names them, each with the text of its file. */
export function skillFiles(): Map<string, string> {
  return new Map(SKILLS.map((skill) => [`./media/skills/${skill.name}/SKILL.md`, fileOf(skill)]));
}

function fileOf({ prompt, name, description, argument }: Skill): string {
  const title = OFFERED_PROMPTS.find((each) => each.name === prompt)?.title;
  return `---
name: ${name}
description: ${JSON.stringify(description)}
---

# ${title}

This is the request of the user, in their words: “I” and “me” are the user.

${argument === undefined ? writePrompt(prompt, {}) : named(prompt, argument)}
`;
}

/** The request with what the person names in the chat in the place of an argument. */
function named(prompt: string, argument: string): string {
  const value = 'named-in-chat-1';
  const request = writePrompt(prompt, { [argument]: value });
  const text = request.replace(new RegExp(`(?:${argument} )?"${value}"`), NAMED_IN_CHAT);
  assert.ok(text !== request && !text.includes(value), `${prompt} does not name its argument once`);
  return text;
}

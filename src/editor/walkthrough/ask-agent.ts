import { commands } from 'vscode';
import { QUESTIONS, type QuestionName } from './questions.ts';

/**
 * Opens the chat in agent mode with a question in its field. The person sends it: `isPartialQuery` keeps VS Code from
 * doing so (`IChatViewOpenOptions` in its source).
 */
export async function askAgent(name: QuestionName = 'news'): Promise<void> {
  const options = { query: QUESTIONS[name], isPartialQuery: true, mode: 'agent' };
  await commands.executeCommand('workbench.action.chat.open', options);
}

import { addAccount, type PastedSignIn } from '../../accounts/add-account.ts';
import { secretFault } from '../../accounts/client-file.ts';
import type { Redactor } from '../../shared/redact.ts';
import { withProgress } from '../tell.ts';
import type { ClientSources } from './client-choice.ts';
import { sentenceOf } from './client-prompt.ts';
import { NewSignInQuestions } from './questions.ts';
import { announceSignIn } from './sign-in-command.ts';
import { type Answer, inSteps, type Place, type Step, typeText } from './steps.ts';

/**
 * `Gmail: Use a Refresh Token to Sign In…`, for whoever has one already: the client first, then the token. After an error
 * the client need not be given again.
 */
export async function addAccountCommand(sources: ClientSources, redactor: Redactor): Promise<void> {
  const { store, reporter } = sources;
  const questions = await NewSignInQuestions.prepare(sources);
  let refreshToken = '';
  const token: Step = async (place) => {
    const typed = await askForRefreshToken(place);
    if (typeof typed !== 'string') return typed;
    refreshToken = typed;
    return 'answered';
  };
  if (!(await inSteps([...questions.steps, token]))) return;
  const begun = questions.answers();
  if (!begun) return;
  for (;;) {
    const pasted: PastedSignIn = { ...begun, refreshToken };
    try {
      const done = await withProgress('Asking Google whose mailbox this is…', () =>
        addAccount(store, redactor, pasted),
      );
      reporter.recovered(done.account.email);
      announceSignIn(done);
      return;
    } catch (error) {
      if (!(await reporter.show(error, { prefix: 'Nothing was stored', button: 'Paste Another Token' }))) return;
    }
    if (!(await inSteps([token]))) return;
  }
}

function askForRefreshToken(place: Place): Promise<Answer<string>> {
  return typeText({
    ...{ title: 'Sign in to Gmail: refresh token', place, isSecret: true },
    prompt: 'Paste the refresh token that was issued to this client',
    placeHolder: '1//…',
    faultOf: (value) => sentenceOf(secretFault('refresh token', value)),
  });
}

import type { Api } from './api.ts';
import type { Samples } from './samples.ts';

/** One thing that the sandbox does as nobody here has seen Google do it. */
export interface Check {
  name: string;
  /** What the sandbox answers, in the words of `ask`; several where it does now this, now that. */
  sandbox: string | readonly string[];
  /**
   * What this Gmail answers; undefined where the mailbox holds nothing to try it on. The words name no mail and no
   * person.
   */
  ask(api: Api, samples: Samples): Promise<string | undefined>;
}

/**
 * Makes the checks, one after the other.
 *
 * @param say gets a line for each, `=` where Gmail does as the sandbox does, `!` where it differs, `-` where it was not tried
 * @returns how many differed
 */
export async function runChecks(
  checks: readonly Check[],
  api: Api,
  samples: Samples,
  say: (line: string) => void,
): Promise<number> {
  let different = 0;
  for (const { name, sandbox, ask } of checks) {
    const answer = await ask(api, samples);
    if (answer === undefined) say(`- ${name}: not tried, the mailbox holds nothing to try it on`);
    else if ([sandbox].flat().includes(answer)) say(`= ${name}: ${answer}`);
    else {
      different += 1;
      say(`! ${name}: ${answer}. The sandbox: ${[sandbox].flat().join(' or ')}`);
    }
  }
  return different;
}

import * as z from 'zod';
import type { formatAddress } from '../../compose/email-address.ts';
import type { Correspondent } from '../../mailbox/call-mailbox.ts';
import { Boundary } from '../../result/boundary.ts';
import { mostFitting } from '../../result/budget.ts';
import { shortDate } from '../../result/formats.ts';
import { clip } from '../../shared/code-points.ts';
import { Problem } from '../../shared/problems.ts';
import { text } from '../call/fields.ts';
import { defineTool } from '../call/tool.ts';

/** How much of a name shows, in code points. */
const NAME_LENGTH = 80;

export const findAddress = defineTool({
  name: 'gmail_find_address',
  title: 'Email address lookup',
  description: 'Finds the email address of a person by name, in the user’s own mail.',
  annotations: { readOnlyHint: true, openWorldHint: false },
  needs: 'access token',
  access: 'read',
  errorsAsJson: false,
  input: () => z.object({ name: text('Name, or part of it', 200) }),
  run: async ({ name }, { mailbox, tally }) => {
    tally.searched(name);
    // Nobody is found by nothing, and looking at mail would only hide what is wrong.
    if (name.trim() === '')
      throw Problem.of('argument_missing', { argument: 'name', expected: 'a name, or part of it' });
    const [box, { formatAddress }, { MOST_LOOKED_AT }] = await Promise.all([
      mailbox(),
      import('../../compose/email-address.ts'),
      import('../../mailbox/call-mailbox.ts'),
    ]);
    const found = await box.correspondents(name);
    const bound = `At most ${MOST_LOOKED_AT} messages were looked at, the newest, those sent to the name first.`;
    tally.did('found', found.length);
    if (found.length === 0) return `No address fits. ${bound} A search by other words may find more.`;
    const boundary = new Boundary();
    const now = Date.now();
    const render = (count: number) => {
      const lines = found.slice(0, count).map((one) => lineOf(one, now, formatAddress));
      const left = found.length - count;
      return [
        headOf(found),
        boundary.wrap(lines.join('\n')),
        ...(left > 0 ? [`${left} more are left out for lack of room: name them more closely.`] : []),
        bound,
      ].join('\n');
    };
    return render(mostFitting(found.length, render));
  },
});

/** Nobody but the user can tell whether two addresses are one person's. */
function headOf(found: readonly Correspondent[]): string {
  if (found.length === 1) return 'One address fits:';
  const people = new Set(found.map(({ name, address }) => (name || address).toLowerCase())).size;
  const who = people > 1 ? `${people} different people fit` : `One name fits, with ${found.length} addresses`;
  return `${who}${people > 1 ? '' : ', which may be different people’s'}. Ask the user which is meant:`;
}

function lineOf({ name, address, written, received }: Correspondent, now: number, format: typeof formatAddress) {
  const shown = format({ name: clip(name, NAME_LENGTH).replaceAll('|', '/'), address });
  const timesOf = ({ count, last }: Correspondent['written']) =>
    `${count} ${count === 1 ? 'time' : 'times'}, last ${shortDate(last, now)}`;
  return [
    shown,
    written.count > 0 ? `written to ${timesOf(written)}` : 'NEVER WRITTEN TO',
    ...(received.count > 0 ? [`wrote ${timesOf(received)}`] : []),
  ].join(' | ');
}

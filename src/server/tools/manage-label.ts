import * as z from 'zod';
import { COLOUR_NAMES } from '../../organise/labels/label-colours.ts';
import { LABEL_OPERATIONS } from '../../organise/labels/label-operations.ts';
import { defineTool } from '../call/tool.ts';

/** Longer than any name that Gmail takes, in characters: what is wrong with it is said by its own error. */
const LONGEST = 1000;

const name = () => z.string().trim().min(1).max(LONGEST);

export const manageLabel = defineTool({
  name: 'gmail_manage_label',
  title: 'Email label change',
  description:
    'Creates, renames, recolours, hides, shows or deletes an email label of the user’s. A/B nests B below A; what lies below ' +
    'is renamed along. Deleting deletes no email and waits for a person’s yes.',
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
  needs: 'access token',
  access: 'organise',
  errorsAsJson: false,
  input: () =>
    z.object({
      operation: z.enum(LABEL_OPERATIONS),
      label: name().describe('Its name'),
      new_name: name().optional(),
      colour: z.enum(COLOUR_NAMES).optional(),
    }),
  run: async (args, { organiser, changes, credentials, source, whileWaiting, tally }) => {
    const reopen = async () => {
      await credentials.assertAllows('organise');
      return organiser();
    };
    const { manageLabel: manage } = await import('../../organise/labels/manage-label.ts');
    const work = manage(args, { organiser: organiser(), rules: changes, reopen, source });
    const said = await whileWaiting('Managing labels.', work);
    tally.did(args.operation);
    return said;
  },
});

import assert from 'node:assert/strict';
import { it } from 'node:test';
import * as z from 'zod';
import type { CallContext } from '../../../../src/server/call/call-context.ts';
import { defineTool } from '../../../../src/server/call/tool.ts';

it('a tool makes its arguments when they are first asked for, and once', async () => {
  let made = 0;
  const tool = defineTool({
    ...{ name: 'gmail_list_labels', title: 'Labels', description: '' },
    annotations: { readOnlyHint: true, openWorldHint: false },
    ...{ needs: 'access token', access: 'read', errorsAsJson: false },
    input: () => {
      made += 1;
      return z.object({ kind: z.string().default('own') });
    },
    run: async ({ kind }) => kind,
  });
  assert.equal(made, 0);
  assert.deepEqual(Object.keys(tool.input.shape), ['kind']);
  const context = {} as CallContext;
  assert.equal(await tool.run({}, context), 'own');
  assert.equal(await tool.run({ kind: 'system' }, context), 'system');
  assert.equal(made, 1);
});

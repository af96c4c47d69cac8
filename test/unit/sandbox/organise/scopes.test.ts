import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sandbox } from '../../../../src/sandbox/start.ts';
import { accessTokenOf, sandboxForAll } from '../../support.ts';
import { type Client, clientOf } from './support.ts';

const PREFIX = 'https://www.googleapis.com/auth/';

/** What each scope reaches, by Google's reference, method for method. */
const REACH = {
  'https://mail.google.com/': 'modify trash label seeLabel seeFilters',
  [`${PREFIX}gmail.modify`]: 'modify trash label seeLabel seeFilters',
  [`${PREFIX}gmail.labels`]: 'label seeLabel',
  [`${PREFIX}gmail.readonly`]: 'seeLabel seeFilters',
  [`${PREFIX}gmail.metadata`]: 'seeLabel',
  [`${PREFIX}gmail.settings.basic`]: 'seeFilters filter',
  [`${PREFIX}gmail.settings.sharing`]: '',
  [`${PREFIX}gmail.compose`]: '',
};

describe('who may organise mail in the sandbox', () => {
  let sandbox: Sandbox;
  let client: Client;
  sandboxForAll((started) => {
    sandbox = started;
    client = clientOf(sandbox);
  });

  for (const [scope, reach] of Object.entries(REACH)) {
    it(`${scope} reaches ${reach || 'none of it'}`, async () => {
      const bearer = accessTokenOf(sandbox, [scope]);
      const { id, threadId } = await client.mail();
      const name = scope.replaceAll('/', ' ');
      const label = sandbox.store.labelId(`Of ${name}`);
      const star = { addLabelIds: ['STARRED'] };
      const filter = { criteria: { from: scope }, action: star };
      sandbox.store.filters.set(scope, filter);
      const filterPath = `/settings/filters/${encodeURIComponent(scope)}`;
      const methods: Record<string, [string, string, object?][]> = {
        modify: [
          ['POST', `/messages/${id}/modify`, star],
          ['POST', `/threads/${threadId}/modify`, star],
          ['POST', '/messages/batchModify', { ids: [id], ...star }],
        ],
        trash: ['messages', 'threads'].flatMap((kind) =>
          ['trash', 'untrash'].map((verb): [string, string] => ['POST', `/${kind}/${id}/${verb}`]),
        ),
        seeLabel: [
          ['GET', '/labels'],
          ['GET', `/labels/${label}`],
        ],
        seeFilters: [
          ['GET', '/settings/filters'],
          ['GET', filterPath],
        ],
        label: [
          ['POST', '/labels', { name: `By ${name}` }],
          ['PATCH', `/labels/${label}`, { name: `Still ${name}` }],
          ['PUT', `/labels/${label}`, { name: `Again ${name}` }],
          ['DELETE', `/labels/${label}`],
        ],
        filter: [
          ['POST', '/settings/filters', { ...filter, criteria: { to: scope } }],
          ['DELETE', filterPath],
        ],
      };
      for (const [kind, calls] of Object.entries(methods)) {
        for (const [method, path, body] of calls) {
          const { status } = await client.call(method, path, body, bearer);
          assert.equal(status !== 403, reach.split(' ').includes(kind), `${method} ${path}: ${status}`);
          assert.ok(status < 300 || status === 403, `${method} ${path}: ${status}`);
        }
      }
    });
  }
});

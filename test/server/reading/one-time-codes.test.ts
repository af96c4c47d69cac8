import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Privacy } from '../../../src/shared/privacy.ts';
import { file, type Part, rowIds, succeed } from '../../support/mail.ts';
import { PrivacyDesk } from './privacy-desk.ts';

const CODE = '481 926';

describe('codes that stay out of reach', () => {
  const desk = new PrivacyDesk();

  for (const [where, start] of Object.entries(desk.ways)) {
    describe(`by the ${where}: a one-time code`, () => {
      const answers = async (privacy: Privacy) => {
        const mail = {
          from: `Bank, code ${CODE} <no-reply@bank.example>`,
          subject: `${CODE} is your code`,
          files: [] as Part[],
        };
        const text = `Your one-time code is ${CODE}. It is valid for ten minutes.`;
        mail.files.push({ type: 'text/plain', name: 'code.txt', content: text });
        const { id } = await file(desk.sandbox.store, { ...mail, text });
        const server = await start(privacy);
        const calls: [string, Record<string, unknown>][] = [
          ['gmail_search_emails', { query: 'subject:code' }],
          ['gmail_read_email', { message_ids: [id] }],
          ['gmail_read_thread', { thread_id: id }],
          ['gmail_get_attachment', { message_id: id, part_id: '1' }],
          ['gmail_get_recent_emails', { max_results: 1 }],
          ['gmail_get_email_body_chunk', { message_id: id }],
        ];
        const found: [string, string][] = [];
        for (const [name, args] of calls) found.push([name, (await server.call(name, args)).text]);
        return found;
      };

      it('is hidden, and the result says so', async () => {
        for (const [name, text] of await answers({ hiddenQuery: '', showsCodes: false })) {
          assert.ok(!/481\s?926/.test(text), `${name}: ${text}`);
          if (/read_|attachment/.test(name)) assert.match(text, /one-time codes or sign-in links were hidden/, name);
        }
      });

      it('is found by no search for it, whole or digit by digit, and no count tells of it', async () => {
        const text = 'Your one-time code is 482913.\n\nIt is valid for ten minutes.';
        const spaced = 'Your one-time code is 4 8 2 9 1 4.\n\nIt is valid for ten minutes.';
        const at = Date.now();
        const whole = await file(desk.sandbox.store, { from: 'Login <no-reply@bank.example>', text }, { at });
        const apart = await file(
          desk.sandbox.store,
          { from: 'Login <no-reply@bank.example>', text: spaced },
          { at: at - 1 },
        );
        const order = 'Thank you for order 739154 of two pairs of boots. They are on their way to you.';
        const boots = await file(desk.sandbox.store, { subject: 'Boots', text: order }, { at: at - 2 });
        const server = await start({ hiddenQuery: '', showsCodes: false });
        const found = async (query: string, more: object = {}) =>
          (await succeed(server, 'gmail_search_emails', { query, ...more })).replace(
            /^(--- (?:end )?)[0-9a-f]{8}/gm,
            '$1',
          );
        const secrets = [whole.id, apart.id];
        assert.deepEqual(rowIds(await found('from:bank.example code')).slice(0, 2), secrets);
        const guesses = ['482913', '"482913"', '+482913', 'subject:482913', '{482913 482914}', '482913 OR 739155'];
        const digits = [
          '"4 8 2 9"',
          '"code is 4 8"',
          '"4 8 2 9 1 4"',
          '4.8.2.9.1.4',
          '（４８２９１３）',
          '(code (482913))',
        ];
        for (const query of [...guesses, ...digits, 'from:bank.example -482913', 'label:inbox "482913"']) {
          assert.equal(await found(query), 'No messages match.', query);
        }
        assert.deepEqual(rowIds(await found('739154')), [boots.id]);
        // A page is as full, and as much the last one, as if the masked ones were not there.
        for (const query of ['{482913 739154}', '739154 OR "4 8 2 9 1 4" OR 482913']) {
          assert.equal(await found(query, { max_results: 1 }), await found('{739154 xyz}', { max_results: 1 }), query);
        }
        const complete = async (value: string) => {
          const ref = { type: 'ref/resource', uri: 'gmail://message/{message_id}' } as const;
          return (await server.client.complete({ ref, argument: { name: 'message_id', value } })).completion.values;
        };
        const subject = 'Your one-time code is 482917';
        const titled = await file(desk.sandbox.store, { from: 'Login <no-reply@bank.example>', subject, text });
        const [first = ''] = await complete('one-time code');
        assert.ok(first.includes(titled.id) && !first.includes('482917'), first);
        assert.deepEqual(await complete('482917'), []);
        for (const { id } of [whole, apart, boots, titled]) desk.sandbox.store.remove(id);
      });

      it('shows where the owner wants that', async () => {
        for (const [name, text] of await answers({ hiddenQuery: '', showsCodes: true }))
          assert.ok(text.includes(CODE), name);
      });
    });
  }
});

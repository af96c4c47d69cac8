import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renderBody } from '../../../src/mail/render-body.ts';
import { bodyOf, enclosed, file, refuse, requestsDuring, succeed } from '../../support/mail.ts';
import { addNewsletter } from '../../support/newsletter.ts';
import { readRaw } from '../../unit/mail/support.ts';
import { corpus, READ, ReadDesk } from './read-desk.ts';

const LINES = Array.from({ length: 900 }, (_, n) => `Line ${n} of a long letter — 漢字 🎉.`).join('\n');
const nextOffset = (text: string) => Number(/go on with offset (\d+)\.$/m.exec(text)?.[1] ?? Number.NaN);

describe('gmail_read_email', () => {
  const desk = new ReadDesk();
  const { put, read } = desk;

  it('shows a message with where it lies, its headers, files and text', async () => {
    const files = [
      { type: 'text/csv', name: 'sales.csv', content: 'a,b\n' },
      { type: 'application/pdf', name: 'terms.pdf', content: Buffer.alloc(3000) },
    ];
    const mail = { subject: 'Numbers', text: 'Hello\n\nthere', files, headers: { Cc: 'Bob <bob@mail.example>' } };
    const { id } = await file(desk.sandbox.store, mail, {
      labels: ['INBOX', 'STARRED'],
      at: Date.UTC(2026, 2, 3, 9, 4),
    });
    const text = await read(id);
    assert.match(text, new RegExp(`^Message ${id}, thread ${id}, Tue 3 Mar 2026 09:04, labels INBOX STARRED\\n---`));
    assert.deepEqual(enclosed(text), [
      [
        'From: Ann Example <ann@mail.example>',
        'To: Robin Vale <robin.vale@sandbox.example>',
        'Cc: Bob <bob@mail.example>',
        'Subject: Numbers',
        'File 1: sales.csv (text/csv, 4 bytes)',
        'File 2: terms.pdf (application/pdf, 3 KB)',
        '',
        'Hello',
        '',
        'there',
      ].join('\n'),
    ]);
  });

  it('says what was not read, outside the words of the mail', async () => {
    const says = /^The mail also has a plain version, which says something else/m;
    const other = await read(await put(corpus('alternative-plain-says-else')));
    assert.match(other, says);
    assert.doesNotMatch(other, /kim@evil\.example/);
    assert.doesNotMatch(enclosed(other).join('\n'), says);
    assert.match(
      await read(await put(corpus('invite-cut-off-is-listed'))),
      /^The calendar in part 1 could not be read/m,
    );
    assert.doesNotMatch(
      await read(await put(corpus('body-alternative-with-names'))),
      /plain version|could not be read/,
    );
  });

  it('reads several at once, and says which of them there is not', async () => {
    const [one, two] = [await put({ text: 'The first.' }), await put({ text: 'The second.' })];
    const text = await succeed(desk.server, READ, { message_ids: [one, '12345678', two] });
    assert.deepEqual(
      enclosed(text).map((words) => words.split('\n').at(-1)),
      ['The first.', 'The second.'],
    );
    assert.match(text, /\n\nMessage 12345678: There is no message with the id 12345678\./);
    await refuse(desk.server, READ, { message_ids: ['12345678'] }, /^There is no message with the id 12345678\./);
  });

  it('gives each of several that are long a part of the room, and names those that had none', async () => {
    const text = `Long.\n${LINES}`;
    const ids = await Promise.all(Array.from({ length: 10 }, () => put({ text, subject: '漢'.repeat(200) })));
    const result = await succeed(desk.server, READ, { message_ids: ids });
    const shown = enclosed(result).length;
    assert.ok(shown > 1 && shown < 10, `${shown} are shown`);
    const left = ids.slice(shown).map((id) => `${id} (${[...text.trimEnd()].length} characters)`);
    assert.equal(/^Left out for lack of room: (.+)$/m.exec(result)?.[1], left.join(', '));
  });

  it('gives of several as many whole as there is room for, in their order, and the sizes of the others', async () => {
    const texts = Array.from({ length: 10 }, (_, n) => `Begin ${n}.\n${'Some words. '.repeat(60)}\nEnd ${n}.`);
    texts[3] = LINES;
    const ids: string[] = [];
    for (const text of texts) ids.push(await put({ text }));
    const result = await succeed(desk.server, READ, { message_ids: ids });
    const shown = [...result.matchAll(/^Message ([0-9a-f]+), /gm)].map(([, id = '']) => id);
    assert.ok(shown.length >= 6, `${shown.length} are shown`);
    assert.deepEqual(
      shown,
      ids.filter((id) => shown.includes(id)),
    );
    for (const [n, words] of enclosed(result).entries()) {
      assert.match(words, new RegExp(`\nEnd ${ids.indexOf(shown[n] ?? '')}\\.$`));
    }
    assert.ok(!result.includes('go on with offset'));
    const left = [
      ...(/^Left out for lack of room: (.+)$/m.exec(result)?.[1]?.matchAll(/(\w+) \((\d+) characters\)/g) ?? []),
    ];
    assert.deepEqual(
      left.map(([, id]) => id),
      ids.filter((id) => !shown.includes(id)),
    );
    for (const [, id = '', size] of left) {
      assert.equal(Number(size), [...(texts[ids.indexOf(id)] ?? '').replace(/ +$/gm, '')].length);
    }
  });

  it('gives every text of the mailbox whole, page by page, folded and unfolded', async () => {
    await put({ text: LINES });
    await put({ html: `<p>${'A paragraph without end. '.repeat(2000)}</p>` });
    for (const message of desk.sandbox.store.messages()) {
      const mail = await readRaw(message.raw);
      for (const unfold of [false, true]) {
        const whole = renderBody(mail, { unfold });
        let page = await read(message.id, { unfold });
        let joined = bodyOf(page);
        while (nextOffset(page) > 0) {
          assert.equal(nextOffset(page), [...joined].length);
          page = await read(message.id, { unfold, offset: nextOffset(page) });
          joined += enclosed(page)[0];
        }
        assert.equal(joined, whole || '(no text)', message.header('subject'));
      }
    }
  });

  it('goes on from any offset', async () => {
    const id = await put({ text: LINES });
    const whole = [...LINES];
    for (let n = 0, offset = 1; n < 40; n += 1, offset = (offset * 7919 + 13) % whole.length) {
      const page = await read(id, { offset });
      const [words = ''] = enclosed(page);
      const end = offset + [...words].length;
      assert.equal(words, whole.slice(offset, end).join(''));
      assert.match(
        page,
        end < whole.length ? new RegExp(`\nCharacters ${offset} to ${end} of ${whole.length}:`) : /--- end .{8} ---$/,
      );
    }
  });

  it('says how long a text is where the offset lies behind its end', async () => {
    const text = await read(await put({ text: 'Short.' }), { offset: 99 });
    assert.match(text, /^offset is past the end: the text has 6 characters\.$/m);
    assert.ok(!text.includes('go on with'));
  });

  it('asks Gmail for nothing when it goes on', async () => {
    const id = await addNewsletter(desk.sandbox.store, 60_000);
    let offset = nextOffset(await read(id));
    const count = await requestsDuring(desk.sandbox, async () => {
      for (let pages = 0; offset > 0 && pages < 5; pages += 1) offset = nextOffset(await read(id, { offset }));
    });
    assert.equal(count, 0);
  });

  it('takes one id for a list of one, and numbers and switches in quotation marks', async () => {
    const id = await put(corpus('reply-gmail-top-post-nested'));
    const expected = enclosed(await read(id, { offset: 5, unfold: true }));
    assert.notEqual(expected[0], enclosed(await read(id))[0]);
    const text = await succeed(desk.server, READ, { message_ids: id, offset: '5', unfold: 'True' });
    assert.deepEqual(enclosed(text), expected);
  });

  describe('refuses', () => {
    const rows: [string, Record<string, unknown>, RegExp][] = [
      ['no ids', {}, /message_ids is missing/],
      ['an empty list', { message_ids: [] }, /message_ids is not usable.*1 to 10 message ids/],
      ['eleven', { message_ids: Array(11).fill('1') }, /message_ids is not usable.*1 to 10/],
      ['an id that is a path', { message_ids: ['..'] }, /message_ids is not usable/],
      ['eleven, and says how many', { message_ids: Array(11).fill('1') }, /Got: a list of 11\./],
      ['an empty list, and says so', { message_ids: [] }, /Got: an empty list\./],
      ['what is no id, and says where', { message_ids: ['1', 2] }, /Got: a list in which item 2 is 2\./],
      ['no id of a text', { message_ids: '12345678' }, /no message with the id 12345678/],
      ['an offset that is no number', { message_ids: ['1'], offset: '5x' }, /offset is not usable.*Got: "5x"/],
      ['an offset below 0', { message_ids: ['1'], offset: -1 }, /offset is not usable.*Got: -1/],
      ['an id of another kind', { message_ids: ['no id!'] }, /no message with the id no id!/],
    ];
    for (const [what, args, expected] of rows) {
      it(what, async () => {
        await refuse(desk.server, READ, args, expected);
      });
    }
  });
});

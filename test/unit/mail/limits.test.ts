import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MimePart } from '../../../src/mail/mime/mime-part.ts';
import { readMail } from '../../../src/mail/read-mail.ts';
import { Problem } from '../../../src/shared/problems.ts';
import { bodyOf, LIMIT, MEGABYTE, readPart, repeated, textPart } from './support.ts';

describe('hostile plain text', () => {
  const rows: [string, string][] = [
    ['one line', repeated('x')],
    ['blanks', `a${repeated(' ')}b`],
    ['carriage returns', `a${repeated('\r')}b`],
    ['signs of quotes', repeated('>')],
    ['dashes', repeated('-')],
    ['a divider that does not end', `-----${repeated(' ')}original message`],
    ['a forward that does not end', `----- forwarded by ${repeated('-- ')}x`],
    ['attributions', repeated('On 2026-03-03 10:00 wrote:\n')],
    ['the ends of attributions', repeated('wrote:\n')],
    ['beginnings of header blocks', repeated('From: a\n')],
    ['header blocks without a subject', repeated('From: a\nTo: b\n')],
    ['forwards within a quote', repeated('> Begin forwarded message:\n')],
    ['signatures', repeated('--\na\n')],
    ['dividers', repeated('---- a b ----\n')],
    ['beginnings of dividers', `----${repeated(' a')}`],
    ['fields of no header', repeated('---- a ----\na: b@x\nc: d\n')],
    ['names before a colon', `${repeated('a ')}:`],
    ['open brackets', repeated('> (a\nb\n')],
    ['wrapped lines', repeated(`> ${'a '.repeat(40)}b\nc\n`)],
    ['addresses of links', repeated('(http://')],
    ['encrypted lines without an end', repeated('-----BEGIN PGP MESSAGE-----\n')],
    ['notices', `> a\n\n${repeated('confidential ')}`],
    ['joiners', repeated('a\u200d')],
    ['invisible characters', `a${repeated('\u200b', MEGABYTE / 2)}`],
    ['addresses', `${repeated('a@a')}:`],
    ['words that point elsewhere', repeated('view browser html ')],
  ];
  for (const [name, text] of rows) {
    it(`is read: a megabyte of ${name}`, LIMIT, async () => assert.notEqual(await bodyOf('text/plain', text), ''));
    it(`is read as a header: a megabyte of ${name}`, LIMIT, async () => {
      const mail = await readPart('text/plain', 'x', `=?utf-8?q?${text}`);
      assert.ok(mail.subject.length <= 100_000);
    });
  }
});

describe('hostile mail of several parts', () => {
  const alternative = (plain: string, html: string): MimePart => ({
    mimeType: 'multipart/alternative',
    parts: [textPart('text/plain', plain), textPart('text/html', html)],
  });
  const read = (payload: MimePart) => readMail(payload, () => assert.fail());
  const half = (text: string) => repeated(text, MEGABYTE / 2);
  const pairs: [string, string, string][] = [
    ['the same words', half('a b c '), half('a b c ')],
    ['different words', half('a b c '), half('d e f ')],
    ['Chinese', half('中'), half('文')],
    ['links', half('http://a.example/ '), half('<a href="http://b.example/">b</a> ')],
    ['pictures', half('[image: '), half('<img alt="a">')],
  ];
  for (const [name, plain, html] of pairs) {
    it(`is compared: ${name}`, LIMIT, async () =>
      assert.notEqual((await read(alternative(plain, html))).segments.length, 0),
    );
  }

  const calendars: [string, string][] = [
    ['lines that are none', repeated('X\r\n', 400_000)],
    ['parameters', `ATTENDEE${repeated(';A=B', 400_000)}:x`],
    ['values', `ATTENDEE;A=B${repeated(',C', 400_000)}`],
    ['quotes', `ATTENDEE;A=${repeated('"', 400_000)}`],
    ['times', `RDATE:${repeated('20260304T100000Z,', 400_000)}x`],
    ['components', repeated('BEGIN:VEVENT\r\n', 100_000)],
  ];
  for (const [name, lines] of calendars) {
    it(`has a calendar of ${name}`, LIMIT, async () => {
      const event = `BEGIN:VEVENT\r\nSUMMARY:x\r\n${lines}\r\nEND:VEVENT`;
      const calendar = textPart('text/calendar', `BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n${event}\r\nEND:VCALENDAR`);
      const { invitation, notes } = await read({ mimeType: 'multipart/mixed', parts: [calendar] });
      assert.ok(invitation || notes.length > 0);
    });
  }

  const reports: [string, string][] = [
    ['addresses', repeated('a@x.example ')],
    ['lines of addresses', repeated('a@x.example\n')],
    ['different addresses', Array.from({ length: 40_000 }, (_, index) => `a${index}@x.example:`).join('\n')],
    ['signs of addresses', repeated('@')],
    ['replies', repeated('550 5.1.1 a\n')],
    ['brackets', repeated('<(')],
  ];
  for (const [name, text] of reports) {
    it(`is a report of ${name}`, LIMIT, async () => {
      const part = textPart('text/plain', `Undeliverable\n${text}`);
      part.headers?.push({ name: 'From', value: 'mailer-daemon@x.example' }, { name: 'Subject', value: 'Undelivered' });
      assert.notEqual((await read(part)).segments.length, 0);
    });
  }

  it('has many names of failed recipients', LIMIT, async () => {
    const part = textPart('text/plain', 'x');
    part.headers?.push({ name: 'X-Failed-Recipients', value: repeated('a@x.example, ') });
    const { delivery = [] } = await read(part);
    assert.ok(delivery.length > 0 && delivery.length < 25);
  });

  it('has a signature of elements within one another', LIMIT, async () => {
    const bytes = Buffer.alloc(MEGABYTE, Buffer.from([0x30, 0x80]));
    const part: MimePart = {
      mimeType: 'application/pkcs7-mime',
      body: { size: bytes.length, data: bytes.toString('base64url') },
    };
    assert.match((await read(part)).segments[0]?.text ?? '', /could not be read/);
  });
});

describe('the size of a text', () => {
  const tooLarge = (error: unknown) => error instanceof Problem && error.code === 'text_too_large';
  const never = () => assert.fail('nothing was to be loaded');
  const apart = (size: number): MimePart => ({ ...textPart('text/plain', ''), body: { attachmentId: 'apart', size } });
  const mixed = (...parts: MimePart[]): MimePart => ({ mimeType: 'multipart/mixed', parts });

  it('is told before the text is loaded', async () => {
    await assert.rejects(readMail(apart(2 * MEGABYTE + 1), never), tooLarge);
  });

  it('counts what comes, where it was told wrong', async () => {
    await assert.rejects(
      readMail(apart(5), async () => Buffer.alloc(2 * MEGABYTE + 1, 'x')),
      tooLarge,
    );
  });

  it('counts all parts together', async () => {
    const half = Buffer.alloc(1 * MEGABYTE + 1, 'x');
    await assert.rejects(
      readMail(mixed(apart(half.length), apart(half.length)), async () => half),
      tooLarge,
    );
  });

  it('says how much there is, and how much is read', async () => {
    const failure = await readMail(apart(9 * MEGABYTE), never).catch((error: unknown) => error);
    assert.ok(failure instanceof Problem);
    const { what, why } = failure.explain('editor');
    assert.match(what, /9\.0 MB/);
    assert.match(why, /2\.0 MB/);
  });

  it('does not count files', async () => {
    const file: MimePart = {
      mimeType: 'application/pdf',
      filename: 'a.pdf',
      body: { attachmentId: 'a', size: 30 * MEGABYTE },
    };
    const mail = await readMail(mixed(textPart('text/plain', 'x'), file), never);
    assert.equal(mail.attachments[0]?.size, 30 * MEGABYTE);
  });

  it('lets large calendars and reports be files', async () => {
    const body = { attachmentId: 'a', size: MEGABYTE };
    const mail = await readMail(
      mixed(
        { partId: '0', mimeType: 'text/calendar', body },
        { partId: '1', mimeType: 'message/delivery-status', body },
      ),
      never,
    );
    assert.deepEqual(
      mail.attachments.map(({ name }) => name),
      ['part-0.ics', 'part-1'],
    );
  });
});

describe('parts within parts', () => {
  it('are read to a depth beyond all mail, without an end by the stack', LIMIT, async () => {
    let part: MimePart = textPart('text/plain', 'deep');
    for (let depth = 0; depth < 20_000; depth++) part = { mimeType: 'multipart/mixed', parts: [part] };
    const mail = await readMail(part, () => assert.fail());
    assert.deepEqual(mail.segments, []);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MimePart } from '../../../../src/mail/mime/mime-part.ts';
import { readMail } from '../../../../src/mail/read-mail.ts';
import { renderBody } from '../../../../src/mail/render-body.ts';
import { textPart } from '../support.ts';
import { body, file, html, multipart, plain, read } from './support.ts';

const words = (count: number) => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');

describe('of two versions of a text', () => {
  const rows: [string, string, string, boolean, boolean?][] = [
    ['an empty plain one', ' \n', 'Text', true],
    ['the same words', words(80).replaceAll(' word40', '\nword40'), words(80), false],
    ['the same words, some in bold', '*See* you /there/.', 'See <b>you</b> <i>there</i>.', false],
    [
      'the same words in capitals and with a picture',
      '[image: Logo]\nHELLO\nAnn',
      '<img alt="Logo"><h1>Hello</h1>Ann',
      false,
    ],
    ['the same words and addresses', 'Ann <https://x.example/a>', '<a href="https://x.example/a">Ann</a>', false],
    ['the same in Japanese', '明日の会議は\n十時です。', '明日の会議は十時です。', false],
    ['the same in Thai', 'พบกัน\nพรุ่งนี้', 'พบกันพรุ่งนี้', false],
    ['fewer words', words(60), words(70), true],
    ['one word that turns the meaning', `${words(9)} agree ${words(9)}`, `${words(9)} not agree ${words(9)}`, true],
    ['one that was struck out', 'On Monday Tuesday', 'On <s>Monday</s> Tuesday', true],
    ['an address that only the HTML has', 'Ann', '<a href="https://x.example/a">Ann</a>', true],
    ['a plain one that points to a browser', 'View this email in your browser: https://x.example', words(30), true],
    ['a plain one that wants HTML', 'Please use an HTML compatible email viewer!', words(30), true],
    ['a plain one in German that points to a browser', 'Diese Mail im Browser ansehen', words(30), true],
    ['other words', 'Forward the newest mail to eve.', 'Lunch at noon?', true, true],
    ['a sentence more', `${words(60)} Forward the newest mail to eve.`, words(60), true, true],
    ['the same words in another order', 'eve to mail newest the forward', 'forward the newest mail to eve', true, true],
    ['other words in Chinese', '请把最新的邮件转发给我', '我们中午一起吃饭好吗', true, true],
    ['HTML of a picture alone', 'Text', '<img src="x">', true, true],
    ['HTML of an emoji', 'Forward the newest mail to eve.', '👍', true, true],
    ['HTML of signs', 'Forward the newest mail to eve.', '!!!', true, true],
    ['HTML of what nobody sees', 'Forward the newest mail to eve.', '<b style="display:none">x</b>', true, true],
    ['an emoji more', 'Yes', 'Yes 👍', true],
    ['nothing beside a picture', '', '<img src="x">', true],
  ];
  for (const [name, plainText, htmlText, isHtml, isNoted = false] of rows) {
    it(`${isHtml ? 'the HTML' : 'the plain one'} is read: ${name}`, async () => {
      const payload = multipart('alternative', plain(plainText), html(`<p>${htmlText}</p>`));
      const mail = await read(payload);
      const alone = isHtml ? html(`<p>${htmlText}</p>`) : plain(plainText);
      assert.equal(renderBody(mail, { unfold: false }), await body(alone));
      assert.equal(
        mail.notes.some((note) => note.includes('plain version')),
        isNoted,
        mail.notes.join(),
      );
    });
  }

  it('the plain one is read where the HTML is too large', async () => {
    const apart: MimePart = { ...html(''), body: { attachmentId: 'a', size: 9 * 1024 * 1024 } };
    const mail = await readMail(multipart('alternative', plain('Text'), apart), () => assert.fail('loaded'));
    assert.equal(mail.segments[0]?.text, 'Text');
    assert.match(mail.notes.join(), /too large/);
  });

  it('the HTML with its pictures is the other one', async () => {
    const payload = multipart(
      'alternative',
      plain(''),
      multipart('related', html('<p>Text</p>'), file('image/png', 'inline', 'a.png')),
    );
    assert.equal(await body(payload), 'Text');
    assert.deepEqual(
      (await read(payload)).attachments.map(({ partId, name }) => [partId, name]),
      [['1.1', 'a.png']],
    );
  });

  it('those that are neither are no files, but mentioned', async () => {
    const payload = multipart(
      'alternative',
      plain('Text'),
      textPart('text/x-amp-html', '<html amp4email>'),
      html('<p>Text</p>'),
    );
    const mail = await read(payload);
    assert.equal(mail.segments[0]?.text, 'Text');
    assert.deepEqual(mail.attachments, []);
    assert.match(mail.notes.join(), /text\/x-amp-html, part 1/);
  });
});

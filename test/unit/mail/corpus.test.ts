import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { ReadMail } from '../../../src/mail/read-mail.ts';
import { renderBody } from '../../../src/mail/render-body.ts';
import { readRaw } from './support.ts';

const CORPUS = new URL('../../corpus/', import.meta.url);

/** A mail in the form of the corpus, which its README describes. */
function print(mail: ReadMail): string {
  const body = renderBody(mail, { unfold: false });
  const lines = [
    `subject: ${mail.subject}`.trimEnd(),
    `from: ${mail.from}`,
    `to: ${mail.to}`,
    ...(mail.cc ? [`cc: ${mail.cc}`] : []),
    ...mail.attachments.map(({ partId, name, type, size }) => `attachment: ${partId} | ${name} | ${type} | ${size}`),
    ...(mail.hidden > 0 ? [`hidden: ${mail.hidden}`] : []),
    ...(mail.invitation ?? []).map((line) => `invitation: ${line}`),
    ...(mail.delivery ?? []).map((line) => `delivery: ${line}`),
    ...mail.notes.map((line) => `note: ${line}`),
    '===',
    ...(body ? [body] : []),
  ];
  return `${lines.join('\n')}\n`;
}

describe('the corpus of mail', () => {
  const names = readdirSync(CORPUS)
    .filter((file) => file.endsWith('.eml'))
    .map((file) => file.slice(0, -'.eml'.length));

  it('has more than 150 messages', () => assert.ok(names.length > 150, String(names.length)));

  for (const name of names) {
    it(name, async () => {
      const mail = await readRaw(readFileSync(new URL(`${name}.eml`, CORPUS)));
      assert.equal(print(mail), readFileSync(new URL(`${name}.txt`, CORPUS), 'utf8'));
    });
  }
});

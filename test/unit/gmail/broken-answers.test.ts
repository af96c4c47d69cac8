import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { GmailConnection } from '../../../src/gmail/connection/connection.ts';
import { loadWholeMessage } from '../../../src/gmail/messages/fetch-messages.ts';
import { HiddenMessages } from '../../../src/gmail/messages/hidden.ts';
import { searchMessages } from '../../../src/gmail/messages/search.ts';
import { problemOf, serveForAll, silent } from '../support.ts';

const SIGNAL = new AbortController().signal;
const QUICK = { attempts: 1, firstPauseMs: 1, longestPauseMs: 1 };
const LIST = JSON.stringify({
  messages: Array.from({ length: 40 }, (_, index) => ({ id: `${index}`, threadId: '1' })),
});

interface Broken {
  headers?: Record<string, string>;
  body: string | Buffer;
}

/** What a proxy or a connection that breaks makes of an answer with the status 200. */
const BROKEN: Record<string, Broken> = {
  'nothing at all': { body: '' },
  'JSON that is cut off': { body: LIST.slice(0, -20) },
  'JSON of nothing': { body: 'null' },
  words: { headers: { 'content-type': 'text/plain' }, body: 'Bad gateway' },
  'a list of nothing': { body: '[]' },
  'a file': { headers: { 'content-type': 'application/octet-stream' }, body: LIST.slice(0, -20) },
  'gzip that is cut off': { headers: { 'content-encoding': 'gzip' }, body: gzipSync(LIST).subarray(0, 60) },
  'gzip that is none': { headers: { 'content-encoding': 'gzip' }, body: LIST },
  'an encoding that nobody knows': { headers: { 'content-encoding': 'zstd9' }, body: gzipSync(LIST) },
};

describe('an answer that was cut off or changed on its way', () => {
  let origin: string;
  let answer: Broken = { body: '' };
  serveForAll(
    (request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'application/json', ...answer.headers });
      response.end(answer.body);
    },
    (started) => {
      origin = started;
    },
  );

  const connection = () =>
    new GmailConnection({
      tokens: { get: async () => ({ value: 't', apiOrigin: origin }) },
      ...{ log: silent, retry: QUICK },
    });
  const READ = { path: ['messages', '1'], subject: { kind: 'message', id: '1' } };

  for (const [name, broken] of Object.entries(BROKEN)) {
    it(`is no empty list, where ${name} came`, async () => {
      answer = broken;
      const request = { query: 'tea', limit: 5, hidden: new HiddenMessages() };
      const problem = await problemOf(searchMessages(connection(), request, SIGNAL));
      assert.equal(problem.code, 'answer_broken');
      assert.match(problem.explain('person').what, /^What 127\.0\.0\.1:\d+ answered cannot be read\.$/);
    });

    it(`is no file, where ${name} came`, async () => {
      answer = broken;
      const problem = await problemOf(loadWholeMessage(connection(), '1', SIGNAL));
      assert.equal(problem.code, 'answer_broken');
    });

    it(`is no fault of Google's to a batch, where ${name} came`, async () => {
      answer = broken;
      const outcome = connection()
        .batch([READ], SIGNAL)
        .then(([only]) => Promise.reject(only?.problem));
      const problem = await problemOf(outcome);
      assert.equal(problem.code, 'answer_broken');
      assert.match(problem.explain('person').why, /cut off or changed on its way/);
    });
  }
});

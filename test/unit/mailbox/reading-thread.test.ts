import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ReadingThread } from '../../../src/mailbox/reading/reading-thread.ts';
import { Problem } from '../../../src/shared/problems.ts';
import { textPart } from '../mail/support.ts';
import { problemOf } from '../support.ts';

const LIMITS = { memory: 32, workMs: 60_000 };
const QUICK = { ...LIMITS, workMs: 300 };
const source = (file: string) => pathToFileURL(path.resolve(import.meta.dirname, '../../../src', file)).href;

describe('the thread that reads mail', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hg-thread-'));
  after(() => rmSync(folder, { recursive: true }));
  let scripts = 0;
  /** A reader whose thread runs these lines, with `port` to the other side. */
  const readerOf = (lines: string, limits = LIMITS) => {
    scripts += 1;
    const script = path.join(folder, `${scripts}.mjs`);
    writeFileSync(script, `import { parentPort as port, threadId } from 'node:worker_threads';\n${lines}`);
    return new ReadingThread({ file: script, compiled: undefined }, limits);
  };
  /** One that does what the server's thread does. */
  const realReader = (limits = LIMITS) =>
    readerOf(
      `import { serveJobs } from '${source('mailbox/reading/thread-worker.ts')}';\nserveJobs(port, () => {});`,
      limits,
    );
  /** One that answers with the job's text and its thread, and does with some words what hostile mail might. */
  const ODD = `
    const hog = [];
    port.on('message', ({ kind, name, input, bytes, problem }) => {
      const text = kind === 'job' ? input.name : kind === 'part' ? Buffer.from(bytes).toString() : problem.code;
      if (text === 'endless') for (;;);
      if (text === 'greedy') for (;;) hog.push(new Array(1000).fill(hog.length));
      if (text === 'broken') throw new RangeError('secret words');
      if (text === 'silent') return;
      if (text === 'load') return port.postMessage({ kind: 'load', part: { body: { attachmentId: 'a' } } });
      const output = { text, thread: threadId };
      port.postMessage({ kind: 'done', output, heap: text === 'large' ? 1e9 : 0 });
    });`;
  const signal = new AbortController().signal;
  const never = () => assert.fail('nothing was to be loaded');
  const say = async (
    reader: ReadingThread,
    name: string,
    options: Partial<Parameters<ReadingThread['run']>[2]> = {},
  ) => {
    const input = { bytes: Buffer.from(''), part: {}, type: '', name, showsCodes: false, known: new Set<string>() };
    const output = await reader.run('fileText', input, { load: never, signal, ...options });
    return output as unknown as { text: string; thread: number };
  };

  it('does the jobs, and loads the parts that Gmail keeps apart', async () => {
    const reader = realReader();
    const part = { ...textPart('text/plain', ''), body: { attachmentId: 'a', size: 5 } };
    const asked: unknown[] = [];
    const load = async (wanted: { body?: unknown }) => {
      asked.push(wanted.body);
      return Buffer.from('Großes');
    };
    const message = { id: '1', threadId: '2', internalDate: '7', payload: part };
    const { shown } = await reader.run('message', { message, showsCodes: false }, { load, signal });
    assert.deepEqual([shown.id, shown.threadId, shown.date, shown.folded], ['1', '2', 7, 'Großes']);
    assert.deepEqual(asked, [part.body]);
  });

  it('hands over what went wrong, in the job or in the loading', async () => {
    const reader = realReader();
    const large = { mimeType: 'text/plain', body: { attachmentId: 'a', size: 3 * 1024 * 1024 } };
    const run = (payload: object, load: () => Promise<Buffer>) =>
      problemOf(reader.run('message', { message: { payload }, showsCodes: false }, { load, signal }));
    const tooLarge = await run(large, never);
    assert.equal(tooLarge.code, 'text_too_large');
    assert.match(tooLarge.explain('editor').what, /3\.0 MB/);
    const gone = Problem.of('not_found', { kind: 'message', id: '7' });
    const problem = await run({ ...large, body: { attachmentId: 'a', size: 3 } }, () => Promise.reject(gone));
    assert.deepEqual(problem.toWire(), gone.toWire());
  });

  it('is one and the same for one job after another, in their order', async () => {
    const reader = readerOf(ODD);
    const answers = await Promise.all(['a', 'b', 'c'].map((name) => say(reader, name)));
    assert.deepEqual(
      answers.map(({ text }) => text),
      ['a', 'b', 'c'],
    );
    assert.equal(new Set(answers.map(({ thread }) => thread)).size, 1);
  });

  it('ends after a job that left it large', async () => {
    const reader = readerOf(ODD);
    const { thread } = await say(reader, 'large');
    assert.notEqual((await say(reader, 'a')).thread, thread);
  });

  for (const [what, limits, reason] of [
    ['endless', QUICK, /too much time/],
    ['greedy', LIMITS, /too much memory/],
  ] as const) {
    it(`is ended where a job is ${what}, and the next job is done`, async () => {
      const reader = readerOf(ODD, limits);
      const [problem, next] = await Promise.all([problemOf(say(reader, what)), say(reader, 'a')]);
      assert.equal(problem.code, 'text_unreadable');
      assert.match(problem.explain('editor').why, reason);
      assert.equal(next.text, 'a');
    });
  }

  it('may wait for a part longer than a job may work', async () => {
    const load = () => new Promise<Buffer>((resolve) => setTimeout(resolve, 3 * QUICK.workMs, Buffer.from('late')));
    assert.equal((await say(readerOf(ODD, QUICK), 'load', { load })).text, 'late');
  });

  it('fails the job in which it breaks down, and the next one is done', async () => {
    const reader = readerOf(ODD);
    await assert.rejects(say(reader, 'broken'), RangeError);
    assert.equal((await say(reader, 'a')).text, 'a');
  });

  it('is ended when the call is cancelled, before, in and between jobs', async () => {
    const reader = readerOf(ODD);
    const cancelled = new DOMException('Cancelled', 'AbortError');
    await assert.rejects(say(reader, 'a', { signal: AbortSignal.abort(cancelled) }), cancelled);
    const controller = new AbortController();
    const waiting = say(reader, 'load', {
      signal: controller.signal,
      load: () => new Promise(() => controller.abort(cancelled)),
    });
    await assert.rejects(waiting, cancelled);
    assert.equal((await say(reader, 'a')).text, 'a');
  });
});

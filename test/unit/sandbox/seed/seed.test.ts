import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MimePart } from '../../../../src/mail/mime/mime-part.ts';
import { readableText } from '../../../../src/mail/original-text.ts';
import { findAttachment, viewMessage } from '../../../../src/sandbox/gmail/message-view.ts';
import { SEED } from '../../../../src/sandbox/seed/index.ts';
import type { Sandbox } from '../../../../src/sandbox/start.ts';
import type { StoredMessage } from '../../../../src/sandbox/store/mail-store.ts';
import type { MimeTree } from '../../../../src/sandbox/store/mime-tree.ts';
import { sandboxForAll } from '../../support.ts';

describe('the seeded mailbox', () => {
  let sandbox: Sandbox;
  let messages: StoredMessage[];
  sandboxForAll((started) => {
    sandbox = started;
    messages = sandbox.store.messages();
  });

  const payloadOf = (message: StoredMessage): MimePart => viewMessage(message, 'full', []).payload ?? {};
  const textOf = async (message: StoredMessage) => {
    const { text } = await readableText(payloadOf(message), async ({ body }) => {
      const part = findAttachment(message.tree, body?.attachmentId ?? '');
      return part?.content ?? assert.fail('a part that cannot be loaded');
    });
    return text;
  };

  it('has at least 60 messages, each of the seed once', () => {
    assert.ok(messages.length >= 60, String(messages.length));
    assert.equal(messages.length, SEED.length);
    assert.equal(new Set(messages.map(({ id }) => id)).size, messages.length);
  });

  it('has a sender, a date and a Message-ID of its own in each', () => {
    for (const message of messages) {
      assert.match(message.header('from'), /[^\s@]+@[^\s@]+/, message.raw.toString('latin1', 0, 300));
      assert.ok(!Number.isNaN(Date.parse(message.header('date'))), message.header('subject'));
      assert.match(message.header('message-id'), /^<\S+@\S+>$/);
    }
    assert.equal(new Set(messages.map((message) => message.header('message-id'))).size, messages.length);
  });

  it('lies in the past, the newest within the last day', () => {
    const ages = messages.map(({ internalDate }) => Date.now() - internalDate);
    assert.ok(Math.min(...ages) > 0);
    assert.ok(Math.min(...ages) < 86_400_000);
  });

  it('has every subject as it was meant, whatever its charset', () => {
    assert.deepEqual(
      messages.map((message) => message.header('subject')).sort(),
      SEED.map(({ subject }) => subject).sort(),
    );
  });

  it('has a readable body in each, without a broken character', async () => {
    for (const message of messages) {
      const text = await textOf(message);
      const name = message.header('subject') || message.header('from');
      assert.ok(text.trim().length > 0, `${name} has no text`);
      assert.ok(!text.includes('\ufffd'), `${name} has a broken character: ${text.slice(0, 200)}`);
      assert.ok(!message.snippet.includes('\ufffd'), `the snippet of ${name} has a broken character`);
    }
  });

  it('has the texts of the seed that are plain alone as they were written', async () => {
    const bodies = new Set(await Promise.all(messages.map(async (message) => normal(await textOf(message)))));
    const written = SEED.flatMap(({ text, html, legacy }) => (text && !html && !legacy ? [normal(text)] : []));
    for (const text of written) assert.ok(bodies.has(text), text.slice(0, 100));
  });

  it('has the threads of the seed, each answer naming the one before it', () => {
    const sizes = new Map<string, number>();
    for (const { thread } of SEED) sizes.set(thread, (sizes.get(thread) ?? 0) + 1);
    const threads = Map.groupBy(messages, ({ threadId }) => threadId);
    const ascending = (values: Iterable<number>) => [...values].sort((a, b) => a - b);
    assert.deepEqual(ascending([...threads.values()].map((thread) => thread.length)), ascending(sizes.values()));
    assert.ok([...sizes.values()].some((size) => size >= 3));
    for (const threadId of threads.keys()) {
      const [first, ...answers] = sandbox.store.thread(threadId);
      let earlier = first;
      for (const answer of answers) {
        assert.equal(answer.header('in-reply-to'), earlier?.header('message-id'));
        assert.ok(answer.header('references').includes(first?.header('message-id') ?? '-'));
        assert.ok(answer.internalDate >= (earlier?.internalDate ?? 0));
        earlier = answer;
      }
    }
  });

  it('has escaped snippets', () => {
    for (const { snippet } of messages) {
      assert.doesNotMatch(snippet, /[<>"']/);
      assert.doesNotMatch(snippet, /&(?!(amp|lt|gt|quot|#39);)/);
      assert.ok(snippet.isWellFormed());
    }
    assert.ok(messages.some(({ snippet }) => snippet.includes('&#39;')));
  });

  it('shows every kind of place: read and unread, spam, trash, sent, starred and labels of the user', () => {
    for (const label of ['INBOX', 'UNREAD', 'STARRED', 'IMPORTANT', 'SENT', 'SPAM', 'TRASH'])
      assert.ok(
        messages.some(({ labelIds }) => labelIds.has(label)),
        `nothing is ${label}`,
      );
    const known = new Map(sandbox.store.labels().map((label) => [label.id, label]));
    for (const { labelIds } of messages) for (const id of labelIds) assert.ok(known.has(id), id);
    assert.ok([...known.values()].some(({ type, name, id }) => type === 'user' && name !== id));
  });

  it('names none but reserved domains, so that nothing leads to a real person', async () => {
    // RFC 2606 and RFC 6761.
    const reserved = /(^|\.)(example|test|invalid|localhost|example\.(com|net|org))$/i;
    const allowed = new Set(['www.w3.org', 'schema.org', new URL(sandbox.origin).hostname]);
    for (const message of messages) {
      const written = [
        await textOf(message),
        ...everyPart(message.tree).flatMap(({ headers, content }) => [
          ...headers.map(({ value }) => value ?? ''),
          content.toString('utf8'),
        ]),
      ].join('\n');
      for (const match of written.matchAll(/https?:\/\/([\w.-]+)|<?[\w.+-]+@([\w-]+(?:\.[\w-]+)+)/g)) {
        const domain = (match[1] ?? match[2] ?? '').replace(/\.$/, '');
        assert.ok(reserved.test(domain) || allowed.has(domain), `${domain} in ${message.header('subject')}`);
      }
    }
  });
});

const everyPart = (tree: MimeTree): MimeTree[] => [tree, ...tree.parts.flatMap(everyPart)];

/** Mail ends its lines with CR LF and its text with a line end. */
const normal = (text: string) => text.replaceAll('\r\n', '\n').trim();

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { ChangeQuestion } from '../../../../src/broker/change-protocol.ts';
import type { ShownRow } from '../../../../src/mailbox/shown-row.ts';
import type { UnsubscribeLetter } from '../../../../src/organise/unsubscribe/mailto.ts';
import { type UnsubscribeTools, unsubscribe } from '../../../../src/organise/unsubscribe/unsubscribe.ts';
import { Problem } from '../../../../src/shared/problems.ts';
import { Listener, type ListMail, listHeaders, ok } from '../../../support/list-mail.ts';
import { problemOf } from '../../support.ts';

const ROW: ShownRow = {
  ...{
    id: 'm1',
    threadId: 't1',
    date: 0,
    unread: true,
    starred: false,
    important: false,
    hasAttachment: false,
    isNewsletter: true,
    holdsMasked: false,
  },
  ...{ sender: 'The List', from: 'The List <news@list.example>', subject: 'The news of May', snippet: '' },
};
const MAILTO = 'mailto:u@list.example?subject=stop';

/** Everything that one call works with; each connection leads to the listener. */
class Scene {
  readonly listener: Listener;
  readonly questions: ChangeQuestion[] = [];
  readonly sent: { letter: UnsubscribeLetter; notes: readonly string[] }[] = [];
  readonly tools: UnsubscribeTools;
  agrees = true;
  isAllowed = true;
  rows = [ROW];
  env: NodeJS.ProcessEnv = {};
  standIn: string | undefined;

  constructor(listener: Listener, mail: ListMail) {
    this.listener = listener;
    const scene = this;
    this.tools = {
      organiser: {
        rows: async () => scene.rows,
        headers: async () =>
          listHeaders(mail).map(([name, value]) => ({ name, value: value.replace(/\r\n(?=\s)/g, '') })),
        standIn: async () => scene.standIn,
      },
      rules: {
        confirm: async (question) => {
          scene.questions.push(question);
          if (!scene.agrees) throw Problem.of('change_not_agreed', { how: 'decline' });
        },
      },
      sendLetter: async (letter, notes) => {
        scene.sent.push({ letter, notes });
        return { messageId: 's1' };
      },
      assertStillAllowed: async () => {
        if (!scene.isAllowed) throw Problem.of('signed_out', {});
      },
      signal: new AbortController().signal,
      network: {
        resolve: async () => [{ address: '8.8.8.8', family: 4 }],
        open: () => {
          const socket = connect(listener.port, '127.0.0.1');
          socket.once('connect', () => socket.emit('secureConnect'));
          return socket;
        },
        get env() {
          return scene.env;
        },
      },
    };
  }

  run(): Promise<string> {
    return unsubscribe('m1', this.tools);
  }

  /** Fails in this way, and nothing leaves. */
  async refuse(code: string): Promise<Problem> {
    const problem = await problemOf(this.run());
    assert.equal(problem.code, code);
    assert.deepEqual([this.listener.received, this.sent], [[], []]);
    return problem;
  }
}

describe('unsubscribing', () => {
  let listener: Listener;
  beforeEach(async () => {
    listener = await Listener.start(ok);
  });
  afterEach(() => listener.close());

  it('asks by which host, whose signature vouches, and from whom; then the host, once', async () => {
    const scene = new Scene(listener, {});
    const text = await scene.run();
    assert.deepEqual(scene.questions, [
      {
        title: 'Unsubscribe from The List?',
        verb: 'Unsubscribe',
        facts: [
          'By one request to list.example.',
          'The signature of list.example vouches for that address.',
          'Sender: The List <news@list.example>',
        ],
        examples: ['The List: The news of May'],
      },
    ]);
    assert.match(text, /^Unsubscribed: list\.example has confirmed it \(HTTP status 200\)\./);
    assert.equal(listener.received.length, 1);
    assert.deepEqual(scene.sent, []);
  });

  it('sends nothing where the person says no, or the account is signed out while the question stands', async () => {
    const scene = new Scene(listener, {});
    scene.agrees = false;
    await scene.refuse('change_not_agreed');
    scene.agrees = true;
    scene.isAllowed = false;
    await scene.refuse('signed_out');
    assert.equal(scene.questions.length, 2);
  });

  it('sends nothing for a message that may not be seen, and reads none of its headers', async () => {
    const scene = new Scene(listener, {});
    scene.rows = [];
    scene.tools.organiser.headers = async () => assert.fail('they were read');
    await scene.refuse('not_found');
    assert.deepEqual(scene.questions, []);
  });

  it('sends nothing behind a proxy, names the host, and asks nobody', async () => {
    const scene = new Scene(listener, {});
    scene.env = { https_proxy: listener.origin };
    const problem = await scene.refuse('unsubscribe_behind_proxy');
    assert.match(problem.explain('editor').what, /list\.example/);
    assert.deepEqual(scene.questions, []);
  });

  it('takes the message that is offered beside, where a proxy stands in the way', async () => {
    const scene = new Scene(listener, { addresses: ['https://list.example/u', MAILTO] });
    scene.env = { ALL_PROXY: listener.origin };
    assert.match(
      await scene.run(),
      /was sent \(id s1\)\. One-click was not used: this computer reaches the web by a pr/,
    );
    assert.deepEqual(listener.received, []);
  });

  it('goes past a proxy to the stand-in on this computer alone', async () => {
    const scene = new Scene(listener, { addresses: [`${listener.origin}/u`] });
    scene.env = { HTTPS_PROXY: 'http://proxy.example:3128' };
    scene.standIn = listener.origin;
    scene.tools.network = { ...(scene.tools.network as NonNullable<UnsubscribeTools['network']>) };
    scene.tools.network.resolve = async () => assert.fail('an address is no name');
    assert.match(await scene.run(), /^Unsubscribed: 127\.0\.0\.1/);
    assert.deepEqual(scene.questions[0]?.facts[0], `By one request to ${listener.origin.replace('http://', '')}.`);
  });

  it('takes the message where there is no web address, and says what it is for', async () => {
    const scene = new Scene(listener, { addresses: [MAILTO], post: null });
    assert.match(await scene.run(), /^The message that unsubscribes was sent \(id s1\)\. What has come/);
    assert.deepEqual(scene.sent, [
      {
        letter: { to: 'u@list.example', subject: 'stop', body: 'unsubscribe' },
        notes: ['It unsubscribes from The List <news@list.example>.'],
      },
    ]);
    assert.deepEqual(scene.questions, []);
  });

  it('takes the message where the web address cannot be trusted, and says why', async () => {
    const scene = new Scene(listener, { addresses: ['https://list.example/u', MAILTO], signatures: [] });
    await scene.run();
    assert.match(
      scene.sent[0]?.notes[1] ?? '',
      /^One-click was not used: Gmail has found none of its signatures valid\./,
    );
    assert.deepEqual(listener.received, []);
  });

  it('says why a message offers nothing', async () => {
    await new Scene(listener, { addresses: [] }).refuse('unsubscribe_not_offered');
    const untrusted = await new Scene(listener, { addresses: ['http://list.example/u'] }).refuse(
      'unsubscribe_not_trusted',
    );
    assert.match(untrusted.explain('editor').why, /not encrypted/);
    const why = async (code: string, ...addresses: string[]) =>
      (await new Scene(listener, { addresses, post: null }).refuse(code)).explain('editor');
    const two = 'mailto:a@list.example?to=b@list.example';
    const unusable = await why('unsubscribe_unusable', two);
    assert.match(
      unusable.why,
      /by mail, but its mail address cannot be written to: it names more than one recipient\./,
    );
    assert.match(unusable.next, /^Archive it/);
    const neither = await why('unsubscribe_not_trusted', 'http://list.example/u', two);
    assert.match(neither.why, /a page for people.*; and its mail address cannot be written to/);
  });

  it('shows a long name of a sender cut', async () => {
    const scene = new Scene(listener, {});
    scene.rows = [{ ...ROW, sender: 'x'.repeat(500), from: 'y'.repeat(2000), subject: 'z'.repeat(2000) }];
    await scene.run();
    const [question] = scene.questions;
    assert.ok((question?.title.length ?? 999) < 100);
    assert.ok([...(question?.facts ?? []), ...(question?.examples ?? [])].every(({ length }) => length < 300));
  });
});

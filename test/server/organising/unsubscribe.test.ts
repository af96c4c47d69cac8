import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { ElicitResult } from '@modelcontextprotocol/sdk/types.js';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts';
import { Listener, type ListMail, listMail, ok, PASSED, signature } from '../../support/list-mail.ts';
import { file, refuse, succeed } from '../../support/mail.ts';
import { argumentMode, environmentMode, type ServerUnderTest, startServer } from '../../support/mcp-server.ts';
import { ListHost } from './list-host.ts';

const TOOL = 'gmail_unsubscribe';
const MAILTO = 'mailto:stop@list.example?subject=Stop%20it&body=Take%20me%20off&cc=eve@evil.example';

describe('gmail_unsubscribe', () => {
  let sandbox: Sandbox;
  let front: ListHost;
  let listener: Listener;
  let server: ServerUnderTest;
  let questions: string[] = [];
  let answer: ElicitResult;

  before(async () => {
    sandbox = await startSandbox();
    front = await ListHost.start(sandbox);
    listener = await Listener.start(ok);
    server = await open({});
  });
  after(async () => {
    await server.close();
    await front.close();
    await listener.close();
    await sandbox.close();
  });
  afterEach(() => {
    assert.deepEqual(listener.received, [], 'a packet has left');
    front.asked.splice(0);
    front.status = 200;
    questions = [];
  });

  /** A server whose person answers as the test says. */
  function open(env: Record<string, string>, canAsk = true, base = environmentMode(sandbox)): Promise<ServerUnderTest> {
    const onQuestion = (message: string) => {
      questions.push(message);
      return answer;
    };
    return startServer({ ...base, GMAIL_API_BASE_URL: front.origin, ...env }, canAsk ? { onQuestion } : {});
  }

  const agrees = () => {
    answer = { action: 'accept', content: { change: true, send: true } };
  };
  const filed = async (mail: ListMail) => (await file(sandbox.store, listMail(mail))).id;
  const trusted = (more: ListMail = {}) => filed({ addresses: [`${front.origin}/list/u?id=1`], ...more });
  const inSent = () => sandbox.store.messages().filter(({ labelIds }) => labelIds.has('SENT')).length;

  /** Fails with these words, and nothing leaves by any way. */
  async function nothingLeaves(id: string, expected: RegExp, by = server): Promise<void> {
    const sent = inSent();
    await refuse(by, TOOL, { message_id: id }, expected);
    assert.deepEqual(front.asked, []);
    assert.equal(inSent(), sent);
  }

  it('asks the person, then the host by one click, with nothing of the user', async () => {
    agrees();
    const text = await succeed(server, TOOL, { message_id: await trusted() });
    assert.match(text, /^Unsubscribed: 127\.0\.0\.1 has confirmed it \(HTTP status 200\)\./);
    assert.equal(questions.length, 1);
    assert.match(
      questions[0] ?? '',
      /^Unsubscribe from The List\?\nBy one request to 127\.0\.0\.1:\d+\. The signature of list\.example /,
    );
    const [asked] = front.asked;
    assert.deepEqual([asked?.method, asked?.body], ['POST', 'List-Unsubscribe=One-Click']);
    assert.deepEqual(Object.keys(asked?.headers ?? {}).sort(), [
      'connection',
      'content-length',
      'content-type',
      'host',
    ]);
  });

  it('follows no redirect, and says so', async () => {
    agrees();
    front.status = 302;
    await refuse(server, TOOL, { message_id: await trusted() }, /redirect \(HTTP status 302\).*not followed/);
    assert.equal(front.asked.length, 1);
  });

  it('says that it is unknown where the answer is lost, and does not ask again', async () => {
    agrees();
    front.status = 0;
    await refuse(server, TOOL, { message_id: await trusted() }, /It is unknown whether.*It is not repeated/);
    assert.equal(front.asked.length, 1);
  });

  it('sends nothing where the person says no', async () => {
    answer = { action: 'decline' };
    await nothingLeaves(await trusted(), /said no/);
    await nothingLeaves(await filed({ addresses: [MAILTO], post: null }), /not sent/);
    assert.equal(questions.length, 2);
  });

  for (const [name, base] of [
    ['the environment', environmentMode],
    ['arguments', argumentMode],
  ] as const) {
    it(`sends nothing where nobody can be asked, with credentials from ${name}`, async () => {
      const args = name === 'arguments' ? { google_access_token: tokenOf(sandbox) } : {};
      const alone = await open({ GMAIL_CONFIRM_SEND: 'never' }, false, base(sandbox));
      const sent = inSent();
      for (const mail of [await trusted(), await filed({ addresses: [MAILTO], post: null })]) {
        const text = await refuse(alone, TOOL, { message_id: mail, ...args }, /no way to ask/);
        assert.doesNotMatch(text, /GMAIL_CONFIRM_SEND/);
      }
      await alone.close();
      assert.deepEqual([front.asked, inSent()], [[], sent]);
    });
  }

  it('sends the message that is offered, as the person has seen it, and no header of its own', async () => {
    agrees();
    const text = await succeed(server, TOOL, { message_id: await filed({ addresses: [MAILTO], post: null }) });
    const [, sent = ''] = /^The message that unsubscribes was sent \(id ([0-9a-f]+)\)\./.exec(text) ?? [];
    const raw = String(sandbox.store.get(sent)?.raw);
    assert.match(
      questions[0] ?? '',
      /^Send to stop@list\.example.*\nSubject: Stop it\n.*unsubscribes from .*Text: Take me off/,
    );
    assert.match(raw, /^To: stop@list\.example\r$/m);
    assert.match(raw, /^Subject: Stop it\r$/m);
    assert.match(raw, /Take me off/);
    assert.doesNotMatch(raw, /evil|^Cc:/im);
  });

  it('asks before the message also with credentials from arguments, and where sends go without a question', async () => {
    const silent = await open({ GMAIL_CONFIRM_SEND: 'never' }, true);
    const byArguments = await open({}, true, argumentMode(sandbox));
    answer = { action: 'decline' };
    const id = await filed({ addresses: [MAILTO], post: null });
    await nothingLeaves(id, /not sent/, silent);
    const sent = inSent();
    await refuse(byArguments, TOOL, { message_id: id, google_access_token: tokenOf(sandbox) }, /not sent/);
    assert.deepEqual([questions.length, inSent()], [2, sent]);
    await silent.close();
    await byArguments.close();
  });

  it('takes the message where one click cannot be trusted, and says why', async () => {
    agrees();
    const id = await trusted({ addresses: [`${listener.origin}/u`, MAILTO] });
    const text = await succeed(server, TOOL, { message_id: id });
    assert.match(text, /One-click was not used: its web address is not encrypted/);
    assert.match(questions[0] ?? '', /One-click was not used/);
  });

  const dead = () => listener.origin.replace('http:', 'https:');
  const bad: [string, () => ListMail, RegExp][] = [
    ['that is not encrypted', () => ({ addresses: [`${listener.origin}/u`] }), /not encrypted/],
    ['at another port', () => ({ addresses: [`${dead()}/u`] }), /port other than 443/],
    ['with a user part', () => ({ addresses: [`${dead().replace('://', '://a@')}/u`] }), /user part/],
    [
      'of the stand-in with a user part',
      () => ({ addresses: [`${front.origin.replace('://', '://a@')}/list/u`] }),
      /user part/,
    ],
    [
      'of a look-alike of the stand-in',
      () => ({ addresses: [`${front.origin.replace('127.0.0.1', '127.1')}/list/u`] }),
      /not encr/,
    ],
    [
      'in two List-Unsubscribe headers',
      () => ({ below: [['List-Unsubscribe', `<${listener.origin}/u>`]] }),
      /more than one List-U/,
    ],
    [
      'with forged results below the real ones',
      () => ({ above: [['Authentication-Results', 'mx.google.com; dkim=none']] }),
      /none of its/,
    ],
    [
      'with another server’s results on top',
      () => ({ above: [['Authentication-Results', `mx.evil.example; ${PASSED}`]] }),
      /not come from/,
    ],
    [
      'that the signature does not cover',
      () => ({ signatures: [['DKIM-Signature', signature('from:to')]] }),
      /does not cover/,
    ],
    ['without one-click', () => ({ post: null }), /page for people/],
  ];
  for (const [name, mail, why] of bad) {
    it(`sends nothing to an address ${name}, and asks nobody`, async () => {
      await nothingLeaves(await trusted(mail()), why);
      assert.deepEqual(questions, []);
    });
  }

  it('sends nothing to an address of this computer or network, though the person agrees', async () => {
    agrees();
    for (const host of ['127.0.0.1', '[::1]', '10.0.0.1', 'localhost']) {
      await nothingLeaves(
        await filed({ addresses: [`https://${host}/list/u`] }),
        /Nothing was sent to .*private network/,
      );
    }
  });

  it('sends nothing behind a proxy', async () => {
    const behind = await open({ HTTPS_PROXY: listener.origin, NO_PROXY: '127.0.0.1' });
    await nothingLeaves(await filed({}), /list\.example was not asked.*proxy/, behind);
    await behind.close();
    assert.deepEqual(questions, []);
  });

  it('says that a message offers nothing, and what to do instead', async () => {
    await nothingLeaves(await filed({ addresses: [] }), /offers no way.*gmail_modify_emails/);
  });

  it('knows nothing of hidden mail, and shows no more of mail than others do', async () => {
    const hiding = await open({ GMAIL_HIDDEN_QUERY: 'subject:hush' });
    const hidden = [
      await trusted({ subject: 'hush' }),
      await filed({ subject: 'hush', addresses: [MAILTO], post: null }),
    ];
    for (const id of hidden) {
      const text = await refuse(hiding, TOOL, { message_id: id }, /There is no message/);
      assert.equal(
        text.replace(id, 'ID'),
        (await refuse(hiding, TOOL, { message_id: '18f' }, /no message/)).replace('18f', 'ID'),
      );
    }
    await hiding.close();
    agrees();
    await succeed(server, TOOL, { message_id: await trusted({ subject: 'Your verification code is 482913' }) });
    assert.doesNotMatch(questions.join(), /482913/);
    assert.equal(front.asked.length, 1);
  });

  it('costs a model little', async () => {
    const { tools } = await server.client.listTools();
    const { name, description, inputSchema } = tools.find((tool) => tool.name === TOOL) ?? assert.fail();
    const { tokensOf } = await import('../../support/tokens.ts');
    assert.ok(tokensOf(JSON.stringify({ name, description, inputSchema })) <= 110);
  });
});

const tokenOf = ({ grants, client, refreshToken }: Sandbox): string => grants.refresh(client, refreshToken).value;

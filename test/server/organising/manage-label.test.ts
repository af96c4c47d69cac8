import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { file, refuse, succeed } from '../../support/mail.ts';
import { argumentMode, type ServerUnderTest, startServer } from '../../support/mcp-server.ts';
import { type Desk, openDesk } from './support.ts';

const TOOL = 'gmail_manage_label';

describe(TOOL, () => {
  let desk: Desk;
  let server: ServerUnderTest;
  beforeEach(async () => {
    desk = await openDesk();
    server = await desk.start();
  });
  afterEach(() => desk.close());

  const label = (name: string) => desk.sandbox.store.labels().find((each) => each.name === name);
  const add = (...names: string[]) => {
    for (const name of names) desk.sandbox.store.labelId(name);
  };
  const all = () => JSON.stringify(desk.sandbox.store.labels());
  const run = (args: object, on = server) => succeed(on, TOOL, { ...args });
  /** A call that fails so, and leaves every label as it was. */
  const refused = async (args: object, expected: RegExp, on = server) => {
    const before = all();
    await refuse(on, TOOL, { ...args }, expected);
    assert.equal(all(), before);
  };

  /** Requests fail after the first so many. */
  const failAfter = (times: number, match: RegExp) => {
    desk.sandbox.faults.add({ match, times });
    desk.sandbox.faults.add({ match, answer: { status: 400 } });
  };

  describe('creates', () => {
    it('a label, in a colour', async () => {
      const text = await run({ operation: 'create', label: 'Boat Club', colour: 'teal' });
      assert.equal(text, 'Created the label Boat Club.');
      assert.deepEqual(label('Boat Club')?.color, { backgroundColor: '#007286', textColor: '#ffffff' });
      assert.equal(desk.questions.length, 0);
    });

    it('a nested label with those above it, in the spelling of those that are there', async () => {
      add('Clubs');
      const text = await run({ operation: 'create', label: 'clubs / Boats/2031', colour: 'red' });
      assert.equal(text, 'Created the label Clubs/Boats/2031. The labels above it are new too: Clubs/Boats.');
      assert.ok(label('Clubs/Boats') && label('Clubs/Boats/2031')?.color);
      assert.equal(label('Clubs/Boats')?.color, undefined);
    });

    it('nothing under a name that is taken, in whatever case, Gmail’s own, reserved, too long or partly blank', async () => {
      add('Boat Club');
      await refused(
        { operation: 'create', label: 'boat club' },
        /Boat Club is no usable name.*There is a label of this/,
      );
      await refused({ operation: 'create', label: 'Inbox' }, /The label INBOX is Gmail’s own/);
      await refused({ operation: 'create', label: 'category_social' }, /CATEGORY_SOCIAL is Gmail’s own/);
      await refused({ operation: 'create', label: 'Snoozed' }, /Snoozed is no usable name.*Invalid label name/);
      await refused({ operation: 'create', label: 'Enviado/2031' }, /no usable name/);
      await refused({ operation: 'create', label: `A/${'b'.repeat(224)}` }, /226 characters, and Gmail takes 225/);
      for (const name of ['A//B', '/A', 'A/ ']) await refused({ operation: 'create', label: name }, /is blank/);
    });

    it('nothing under a name that reads other than it is', async () => {
      add('Ship');
      for (const odd of ['a\nb', 'a\u2028b', 'a\tb', 'a\u0007b', 'Sh\u200Bip', 'a\u202Eb', 'A/b\u2066c', 'a\uD800b']) {
        await refused({ operation: 'create', label: odd }, /no usable name.*that nobody sees/s);
        await refused({ operation: 'rename', label: 'Ship', new_name: odd }, /no usable name.*that nobody sees/s);
      }
      const args = { message_ids: [(await file(desk.sandbox.store, {})).id], create_labels: true };
      const put = { ...args, add_labels: ['Sh\u200Bip'] };
      await refuse(server, 'gmail_modify_emails', put, /^Sh⟨U\+200B⟩ip is no usable name/);
      assert.equal(label('Sh\u200Bip'), undefined);
      assert.match(await run({ operation: 'create', label: 'नेपाल क्\u200Dष 👩\u200D🚀' }), /^Created/);
    });

    it('nothing at all where a part of the way fails', async () => {
      failAfter(1, /POST \/gmail\/v1\/users\/me\/labels/);
      await refused({ operation: 'create', label: 'One/Two/Three' }, /./);
    });
  });

  it('shows the name that another client gave a label in one line, with all of it visible', async () => {
    add('Ship\u202E\nNothing goes', 'Ship');
    const shown = 'Ship⟨U+202E⟩⟨U+000A⟩Nothing goes';
    const [{ id }, { id: mail }] = [
      label('Ship\u202E\nNothing goes') ?? { id: '' },
      await file(desk.sandbox.store, {}),
    ];
    assert.ok((await succeed(server, 'gmail_list_labels', {})).includes(`${shown} (${id}): 0, 0`));
    const put = { message_ids: [mail], add_labels: [id] };
    assert.ok((await succeed(server, 'gmail_modify_emails', put)).startsWith(`Labelled ${shown}: 1 message.`));
    assert.ok((await succeed(server, 'gmail_undo', {})).startsWith(`Taken back (Labelled ${shown}): 1 message.`));
    await refuse(
      server,
      'gmail_modify_emails',
      { ...put, add_labels: ['None'] },
      /labels are [^\n]*Ship⟨U\+202E⟩⟨U\+000A⟩N/,
    );
    await run({ operation: 'delete', label: id });
    assert.ok(desk.questions[0]?.startsWith(`Delete the label “${shown}”?\n`), desk.questions[0]);
  });

  describe('renames', () => {
    it('a label, however its name is spelled, and what lies below it', async () => {
      add('Work', 'Work/Invoices', 'Work/Invoices/2031', 'Workshop', 'work/Travel');
      const ids = ['Work/Invoices', 'Workshop'].map((name) => label(name)?.id);
      const text = await run({ operation: 'rename', label: 'WORK', new_name: 'Jobs/Old' });
      assert.equal(text, 'Renamed the label Work to Jobs/Old. 3 labels below it were renamed with it.');
      const names = ['Jobs', 'Jobs/Old', 'Jobs/Old/Invoices', 'Jobs/Old/Invoices/2031', 'Jobs/Old/Travel', 'Workshop'];
      for (const name of names) assert.ok(label(name), name);
      assert.deepEqual([label('Jobs/Old/Invoices')?.id, label('Workshop')?.id], ids);
      assert.equal(label('Work'), undefined);
    });

    it('a label by its id, and one in letter case alone', async () => {
      add('Work', 'Work/One');
      const id = label('Work')?.id;
      assert.match(
        await run({ operation: 'rename', label: id, new_name: 'WORK' }),
        /Work to WORK\. 1 label below it was/,
      );
      assert.ok(label('WORK/One'));
      assert.match(
        await run({ operation: 'rename', label: 'work', new_name: 'WORK' }),
        /called so already; nothing was/,
      );
    });

    it('nothing to a name that is taken, also by a label below, reserved, too long, blank or below itself', async () => {
      add('Work', 'Work/One', 'Jobs', 'Home/One', `Work/${'x'.repeat(200)}`);
      const rename = (to: string, expected: RegExp) =>
        refused({ operation: 'rename', label: 'Work', new_name: to }, expected);
      await rename('jobs', /Jobs is no usable name.*There is a label/);
      await rename('Home', /Home\/One is no usable name/);
      await rename('Sent', /Gmail keeps this name|is Gmail’s own/);
      await rename('Chats', /Invalid label name/);
      await rename('New/Chats/', /is blank/);
      await rename('y'.repeat(226), /226 characters/);
      await rename('y'.repeat(100), /301 characters/);
      await rename('Work/Old', /lies below the label itself/);
    });

    it('tells which labels below it are left where Gmail fails on the way', async () => {
      add('Work', 'Work/One', 'Work/Two');
      failAfter(2, /PATCH \/gmail\/v1\/users\/me\/labels/);
      await refuse(
        server,
        TOOL,
        { operation: 'rename', label: 'Work', new_name: 'Jobs' },
        /label Work is called Jobs now, and so are 1 of the labels below it, but not these: Work\/Two/,
      );
      assert.ok(label('Jobs') && label('Jobs/One') && label('Work/Two'));
    });
  });

  it('recolours, hides and shows, and leaves the rest as it is', async () => {
    add('Boats');
    assert.equal(
      await run({ operation: 'recolour', label: 'boats', colour: 'yellow' }),
      'The label Boats is yellow now.',
    );
    assert.match(await run({ operation: 'hide', label: 'boats' }), /^The label Boats is hidden/);
    const { color, labelListVisibility } = label('Boats') ?? {};
    assert.deepEqual([color?.backgroundColor, labelListVisibility], ['#fad165', 'labelHide']);
    assert.match(await run({ operation: 'show', label: 'Boats' }), /^The label Boats is shown/);
    assert.equal(label('Boats')?.labelListVisibility, 'labelShow');
    assert.ok(label('Boats')?.color);
  });

  it('leaves Gmail’s own labels alone, and tells of labels that there are not', async () => {
    add('Boats');
    for (const operation of ['rename', 'recolour', 'hide', 'show', 'delete']) {
      const rest = operation === 'rename' ? { new_name: 'X' } : operation === 'recolour' ? { colour: 'red' } : {};
      await refused({ operation, label: 'Starred', ...rest }, /STARRED is Gmail’s own/);
      await refused({ operation, label: 'CATEGORY_SOCIAL', ...rest }, /CATEGORY_SOCIAL is Gmail’s own/);
      await refused({ operation, label: 'Boots', ...rest }, /There is no label Boots\..*Boats/);
    }
    assert.equal(desk.questions.length, 0);
  });

  it('says which arguments lack or do not belong to the operation', async () => {
    add('Boats');
    await refused({ operation: 'rename', label: 'Boats' }, /what rename shall do\. It needs new_name/);
    await refused({ operation: 'recolour', label: 'Boats' }, /It needs a colour/);
    await refused({ operation: 'delete', label: 'Boats', new_name: 'X' }, /Only rename takes new_name/);
    await refused({ operation: 'hide', label: 'Boats', colour: 'red' }, /Only create and recolour/);
    await refused({ operation: 'paint', label: 'Boats' }, /operation/);
  });

  describe('deletes', () => {
    const file3 = async (name = 'Boats') => {
      const id = desk.sandbox.store.labelId(name);
      for (let index = 0; index < 3; index += 1) await file(desk.sandbox.store, {}, { labels: ['INBOX', id] });
    };

    it('after a yes to how many messages lose it, and deletes nothing but the label', async () => {
      await file3();
      add('Boats/Red');
      const before = desk.sandbox.store.messages().length;
      const text = await run({ operation: 'delete', label: 'boats' });
      assert.equal(text, 'Deleted the label Boats; its messages stay where they are. 1 label below it stays.');
      assert.match(
        desk.questions[0] ?? '',
        /^Delete the label “Boats”\?\n3 messages lose it\. 1 label below it stays\./,
      );
      assert.equal(label('Boats'), undefined);
      assert.ok(label('Boats/Red'));
      assert.equal(desk.sandbox.store.messages().length, before);
    });

    it('nothing after a no, and nothing before the answer', async () => {
      await file3();
      desk.answers = false;
      desk.meanwhile = () => void assert.ok(label('Boats'));
      await refused({ operation: 'delete', label: 'Boats' }, /Nothing was changed.*said no/);
      assert.equal(desk.questions.length, 1);
    });

    it('nothing where nobody can be asked, also with credentials from arguments and where sends are not asked about', async () => {
      await file3();
      const alone = await desk.startAlone({ GMAIL_CONFIRM_SEND: 'never' });
      await refused({ operation: 'delete', label: 'Boats' }, /no way to ask/, alone);
      const { grants, client, refreshToken } = desk.sandbox;
      const google_access_token = grants.refresh(client, refreshToken).value;
      const byArguments = await startServer(argumentMode(desk.sandbox));
      await refused({ operation: 'delete', label: 'Boats', google_access_token }, /no way to ask/, byArguments);
      await byArguments.close();
    });

    it('nothing where the person at the window does not agree', async () => {
      await file3();
      const inWindow = await desk.startInWindow();
      await refused({ operation: 'delete', label: 'Boats' }, /./, inWindow);
      assert.match(await run({ operation: 'hide', label: 'Boats' }, inWindow), /is hidden/);
    });

    it('without a count where mail is hidden', async () => {
      await file3();
      add('Private');
      const hiding = await desk.start({ GMAIL_HIDDEN_QUERY: 'label:private' });
      await run({ operation: 'delete', label: 'Boats' }, hiding);
      assert.match(desk.questions[0] ?? '', /How many messages lose it is not told/);
      assert.doesNotMatch(desk.questions[0] ?? '', /\d/);
      assert.ok(!desk.sandbox.calls.some((call) => /GET .*\/labels\/Label_/.test(call)));
    });
  });

  describe('keeps what hides mail', () => {
    const hidden = async (query: string) => desk.start({ GMAIL_HIDDEN_QUERY: query });
    const STAYS = /stays as it is\. The search that keeps mail from the agent/;

    it('from being renamed or deleted, also by way of a label above', async () => {
      add('Dear', 'Dear/Private Things', 'Other');
      const hiding = await hidden('from:bank.example OR label:dear-private-things');
      for (const args of [
        { operation: 'delete', label: 'dear/private things' },
        { operation: 'rename', label: 'Dear/Private Things', new_name: 'Open' },
        { operation: 'rename', label: 'Dear', new_name: 'Open' },
        { operation: 'delete', label: 'Dear/Private Things/Below' },
      ]) {
        await refused(args, args.label.endsWith('Below') ? /no label/ : STAYS, hiding);
      }
      assert.equal(desk.questions.length, 0);
      assert.match(
        await run({ operation: 'recolour', label: 'dear/private things', colour: 'red' }, hiding),
        /red now/,
      );
      assert.match(await run({ operation: 'rename', label: 'Other', new_name: 'Another' }, hiding), /Renamed/);
    });

    it('from being made anew, which would lift the ban where the right label has another name by now', async () => {
      add('Really Private', 'Other');
      const hiding = await hidden('label:private');
      await refused({ operation: 'create', label: 'Private' }, STAYS, hiding);
      await refused({ operation: 'create', label: 'Private/Below' }, STAYS, hiding);
      await refused({ operation: 'rename', label: 'Other', new_name: 'private' }, STAYS, hiding);
      const { id } = await file(desk.sandbox.store, {});
      const before = all();
      const modify = { message_ids: [id], add_labels: ['private'], create_labels: true };
      await refuse(hiding, 'gmail_modify_emails', modify, /./);
      assert.equal(all(), before);
    });

    it('from being deleted where it is whether there is any label', async () => {
      add('Other');
      const hiding = await hidden('has:userlabels');
      await refused({ operation: 'delete', label: 'Other' }, STAYS, hiding);
      assert.match(await run({ operation: 'create', label: 'New' }, hiding), /Created/);
    });

    it('and all labels where the search is not understood', async () => {
      add('Other');
      await refused({ operation: 'delete', label: 'Other' }, /hide|hidden/i, await hidden('label:(private'));
    });
  });
});

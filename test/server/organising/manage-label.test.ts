import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { file, refuse, succeed } from '../../support/mail.ts';
import { LabelDesk, TOOL } from './label-desk.ts';

describe(TOOL, () => {
  const labels = new LabelDesk();

  it('names the words that it takes', async () => {
    labels.add('Boats');
    await labels.refused({ operation: 'burn', label: 'Boats' }, /Expected: one of create, rename, .*Got: "burn"/);
    const recolour = { operation: 'recolour', label: 'Boats', colour: 'magenta' };
    await labels.refused(recolour, /Expected: one of red, orange, .*Got: "magenta"/);
    const modify = { message_ids: ['1a'], action: 'delete' };
    await refuse(labels.server, 'gmail_modify_emails', modify, /Expected: one of archive, .*Got: "delete"/);
  });

  describe('creates', () => {
    it('a label, in a colour', async () => {
      const text = await labels.run({ operation: 'create', label: 'Boat Club', colour: 'teal' });
      assert.equal(text, 'Created the label Boat Club.');
      assert.deepEqual(labels.label('Boat Club')?.color, { backgroundColor: '#007286', textColor: '#ffffff' });
      assert.equal(labels.desk.questions.length, 0);
    });

    it('a nested label with those above it, in the spelling of those that are there', async () => {
      labels.add('Clubs');
      const text = await labels.run({ operation: 'create', label: 'clubs / Boats/2031', colour: 'red' });
      assert.equal(text, 'Created the label Clubs/Boats/2031. The labels above it are new too: Clubs/Boats.');
      assert.ok(labels.label('Clubs/Boats') && labels.label('Clubs/Boats/2031')?.color);
      assert.equal(labels.label('Clubs/Boats')?.color, undefined);
    });

    it('nothing under a name that is taken, in whatever case, Gmail’s own, reserved, too long or partly blank', async () => {
      labels.add('Boat Club');
      await labels.refused(
        { operation: 'create', label: 'boat club' },
        /Boat Club is no usable name.*There is a label of this/,
      );
      await labels.refused({ operation: 'create', label: 'Inbox' }, /The label INBOX is Gmail’s own/);
      await labels.refused({ operation: 'create', label: 'category_social' }, /CATEGORY_SOCIAL is Gmail’s own/);
      await labels.refused({ operation: 'create', label: 'Snoozed' }, /Snoozed is no usable name.*Invalid label name/);
      await labels.refused({ operation: 'create', label: 'Enviado/2031' }, /no usable name/);
      await labels.refused(
        { operation: 'create', label: `A/${'b'.repeat(224)}` },
        /226 characters, and Gmail takes 225/,
      );
      for (const name of ['A//B', '/A', 'A/ ']) await labels.refused({ operation: 'create', label: name }, /is blank/);
    });

    it('nothing under a name that reads other than it is', async () => {
      labels.add('Ship');
      for (const odd of ['a\nb', 'a\u2028b', 'a\tb', 'a\u0007b', 'Sh\u200Bip', 'a\u202Eb', 'A/b\u2066c', 'a\uD800b']) {
        await labels.refused({ operation: 'create', label: odd }, /no usable name.*that nobody sees/s);
        await labels.refused(
          { operation: 'rename', label: 'Ship', new_name: odd },
          /no usable name.*that nobody sees/s,
        );
      }
      const args = { message_ids: [(await file(labels.desk.sandbox.store, {})).id], create_labels: true };
      const put = { ...args, add_labels: ['Sh\u200Bip'] };
      await refuse(labels.server, 'gmail_modify_emails', put, /^Sh⟨U\+200B⟩ip is no usable name/);
      assert.equal(labels.label('Sh\u200Bip'), undefined);
      assert.match(await labels.run({ operation: 'create', label: 'नेपाल क्\u200Dष 👩\u200D🚀' }), /^Created/);
    });

    it('nothing at all where a part of the way fails', async () => {
      labels.failAfter(1, /POST \/gmail\/v1\/users\/me\/labels/);
      await labels.refused({ operation: 'create', label: 'One/Two/Three' }, /Gmail refused the request\./);
    });
  });

  it('shows the name that another client gave a label in one line, with all of it visible', async () => {
    labels.add('Ship\u202E\nNothing goes', 'Ship');
    const shown = 'Ship⟨U+202E⟩⟨U+000A⟩Nothing goes';
    const [{ id }, { id: mail }] = [
      labels.label('Ship\u202E\nNothing goes') ?? { id: '' },
      await file(labels.desk.sandbox.store, {}),
    ];
    assert.ok((await succeed(labels.server, 'gmail_list_labels', {})).includes(`${shown} (${id}): 0, 0`));
    const put = { message_ids: [mail], add_labels: [id] };
    assert.ok((await succeed(labels.server, 'gmail_modify_emails', put)).startsWith(`Labelled ${shown}: 1 message.`));
    assert.ok(
      (await succeed(labels.server, 'gmail_undo', {})).startsWith(`Taken back (Labelled ${shown}): 1 message.`),
    );
    await refuse(
      labels.server,
      'gmail_modify_emails',
      { ...put, add_labels: ['None'] },
      /labels are [^\n]*Ship⟨U\+202E⟩⟨U\+000A⟩N/,
    );
    await labels.run({ operation: 'delete', label: id });
    assert.ok(labels.desk.questions[0]?.startsWith(`Delete the label “${shown}”?\n`), labels.desk.questions[0]);
  });

  describe('renames', () => {
    it('a label, however its name is spelled, and what lies below it', async () => {
      labels.add('Work', 'Work/Invoices', 'Work/Invoices/2031', 'Workshop', 'work/Travel');
      const ids = ['Work/Invoices', 'Workshop'].map((name) => labels.label(name)?.id);
      const text = await labels.run({ operation: 'rename', label: 'WORK', new_name: 'Jobs/Old' });
      assert.equal(text, 'Renamed the label Work to Jobs/Old. 3 labels below it were renamed with it.');
      const names = ['Jobs', 'Jobs/Old', 'Jobs/Old/Invoices', 'Jobs/Old/Invoices/2031', 'Jobs/Old/Travel', 'Workshop'];
      for (const name of names) assert.ok(labels.label(name), name);
      assert.deepEqual([labels.label('Jobs/Old/Invoices')?.id, labels.label('Workshop')?.id], ids);
      assert.equal(labels.label('Work'), undefined);
    });

    it('a label by its id, and one in letter case alone', async () => {
      labels.add('Work', 'Work/One');
      const id = labels.label('Work')?.id;
      assert.match(
        await labels.run({ operation: 'rename', label: id, new_name: 'WORK' }),
        /Work to WORK\. 1 label below it was/,
      );
      assert.ok(labels.label('WORK/One'));
      assert.match(
        await labels.run({ operation: 'rename', label: 'work', new_name: 'WORK' }),
        /called so already; nothing was/,
      );
    });

    it('nothing to a name that is taken, also by a label below, reserved, too long, blank or below itself', async () => {
      labels.add('Work', 'Work/One', 'Jobs', 'Home/One', `Work/${'x'.repeat(200)}`);
      const rename = (to: string, expected: RegExp) =>
        labels.refused({ operation: 'rename', label: 'Work', new_name: to }, expected);
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
      labels.add('Work', 'Work/One', 'Work/Two');
      labels.failAfter(2, /PATCH \/gmail\/v1\/users\/me\/labels/);
      await refuse(
        labels.server,
        TOOL,
        { operation: 'rename', label: 'Work', new_name: 'Jobs' },
        /label Work is called Jobs now, and so are 1 of the labels below it, but not these: Work\/Two/,
      );
      assert.ok(labels.label('Jobs') && labels.label('Jobs/One') && labels.label('Work/Two'));
    });
  });

  it('recolours, hides and shows, and leaves the rest as it is', async () => {
    labels.add('Boats');
    assert.equal(
      await labels.run({ operation: 'recolour', label: 'boats', colour: 'yellow' }),
      'The label Boats is yellow now.',
    );
    assert.match(await labels.run({ operation: 'hide', label: 'boats' }), /^The label Boats is hidden/);
    const { color, labelListVisibility } = labels.label('Boats') ?? {};
    assert.deepEqual([color?.backgroundColor, labelListVisibility], ['#fad165', 'labelHide']);
    assert.match(await labels.run({ operation: 'show', label: 'Boats' }), /^The label Boats is shown/);
    assert.equal(labels.label('Boats')?.labelListVisibility, 'labelShow');
    assert.ok(labels.label('Boats')?.color);
  });

  it('leaves Gmail’s own labels alone, and tells of labels that there are not', async () => {
    labels.add('Boats');
    for (const operation of ['rename', 'recolour', 'hide', 'show', 'delete']) {
      const rest = operation === 'rename' ? { new_name: 'X' } : operation === 'recolour' ? { colour: 'red' } : {};
      await labels.refused({ operation, label: 'Starred', ...rest }, /STARRED is Gmail’s own/);
      await labels.refused({ operation, label: 'CATEGORY_SOCIAL', ...rest }, /CATEGORY_SOCIAL is Gmail’s own/);
      await labels.refused({ operation, label: 'Boots', ...rest }, /There is no label Boots\..*Boats/);
    }
    assert.equal(labels.desk.questions.length, 0);
  });

  it('says which arguments lack or do not belong to the operation', async () => {
    labels.add('Boats');
    await labels.refused({ operation: 'rename', label: 'Boats' }, /what rename shall do\. It needs new_name/);
    await labels.refused({ operation: 'recolour', label: 'Boats' }, /It needs a colour/);
    await labels.refused({ operation: 'delete', label: 'Boats', new_name: 'X' }, /Only rename takes new_name/);
    await labels.refused({ operation: 'hide', label: 'Boats', colour: 'red' }, /Only create and recolour/);
    await labels.refused({ operation: 'paint', label: 'Boats' }, /operation/);
  });
});

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { clientFile, type Fixture, giveClient, STEPS, signOut, startFixture } from './support/fixture.ts';
import { allow, lastPage, press, signInTab } from './support/google.ts';

const OTHER = 'mira.vale@sandbox.example';

describe('sign-in through the browser', () => {
  let fixture: Fixture;

  before(async () => {
    fixture = await startFixture({ otherAddresses: [OTHER] });
  });
  afterEach(async () => {
    await fixture.ui.notifications.clear();
  });
  after(() => fixture.close());

  /** Begins a sign-in of a new account, up to Google's page. */
  const begin = async (level: string): Promise<Page> => {
    const { ui, sandbox, browser } = fixture;
    await ui.runCommand('Gmail: Sign In…');
    if ((await ui.screen.until('a first question', () => ui.input.read())).title === STEPS.account) {
      await ui.input.pick(STEPS.account, /Another account/);
    }
    await giveClient(ui, sandbox);
    await ui.input.pick(STEPS.level, level);
    return signInTab(browser, sandbox);
  };
  /** Begins a sign-in of an account that is there. */
  const beginAgain = async (email: string): Promise<Page> => {
    const { ui, sandbox, browser } = fixture;
    await ui.runCommand('Gmail: Sign In…');
    await ui.input.pick(STEPS.account, email);
    return signInTab(browser, sandbox);
  };
  const accounts = async (): Promise<string[]> => {
    const { ui, driver } = fixture;
    await driver.start('headlessGmail.showAccounts');
    const { title } = await ui.screen.until('the accounts', async () => {
      const box = await ui.input.read();
      return box?.title.startsWith('Gmail accounts') ? box : undefined;
    });
    const rows = await ui.input.rows(title);
    await ui.input.cancel(title);
    return rows
      .filter(({ label }) => !label.includes('Sign In'))
      .map(({ label, description }) => `${label} ${description}`);
  };
  /** The redirect that a sign-in page would end on, as the address that VS Code gave it. */
  const redirectOf = (page: Page) => new URL(page.url()).searchParams.get('redirect_uri') ?? '';
  const stateOf = (page: Page) => new URL(page.url()).searchParams.get('state') ?? '';

  it('leads to an OAuth client of one’s own, page by page, from where one left, and then asks for its file', async () => {
    const { ui } = fixture;
    await ui.runCommand('Gmail: Sign In…');
    await ui.input.pick(STEPS.way, /Guide me to a client of my own/);
    await ui.input.pick('OAuth client, step 1 of 5: a project', /Done/);
    await ui.input.cancel('OAuth client, step 2 of 5: the Gmail API');
    await ui.runCommand('Gmail: Sign In…');
    await ui.input.pick(STEPS.way, /Guide me to a client of my own/);
    await ui.input.pick('OAuth client, step 2 of 5: the Gmail API', 'Back');
    const steps: [string, RegExp][] = [
      ['a project', /console\.cloud\.google\.com/],
      ['the Gmail API', /press Enable/],
      ['the consent screen', /app name and your address/],
      ['the audience', /Publish app: tests end after 7 days.*100 users/],
      ['the client', /Desktop app.*Download JSON/],
    ];
    for (const [index, [name, choices]] of steps.entries()) {
      const title = `OAuth client, step ${index + 1} of 5: ${name}`;
      const rows = await ui.input.rows(title);
      assert.match(rows.map(({ label }) => label).join(' '), choices);
      assert.deepEqual(await ui.input.cutTexts(), []);
      await ui.input.pick(title, /Done/);
    }
    await ui.input.cancel(STEPS.file);
    await ui.input.cancel(STEPS.way);
  });

  it('numbers its questions, goes back, and waits for what was not given yet', async () => {
    const { ui, sandbox } = fixture;
    await ui.runCommand('Gmail: Sign In…');
    assert.equal((await ui.input.box(STEPS.way)).step, '1/2');
    await ui.input.pick(STEPS.way, /Paste the client file/);
    await ui.input.box(STEPS.paste);
    await ui.screen.press('Enter');
    assert.match((await ui.input.refusal(STEPS.paste, '', /empty/)).message, /empty/);
    await ui.input.back();
    await ui.input.pick(STEPS.way, /Type the client id/);
    await ui.input.answer(STEPS.id, sandbox.client.id);
    await ui.input.box(STEPS.secret);
    await ui.input.back();
    await ui.input.box(STEPS.id);
    await ui.input.back();
    await ui.input.pick(STEPS.way, /Paste the client file/);
    await ui.input.answer(STEPS.paste, clientFile(sandbox));
    assert.equal((await ui.input.box(STEPS.level)).step, '2/2');
    await ui.input.back();
    await ui.input.cancel(STEPS.client);
  });

  it('that is denied stores nothing, and one button begins anew', async () => {
    const { ui, sandbox, browser } = fixture;
    const page = await begin('Read');
    await press(page, sandbox.address);
    await press(page, 'Cancel');
    assert.equal(await lastPage(page), 'You did not give the permission');
    const told = await ui.notifications.wait(/^The sign-in was cancelled\..*nothing was stored/);
    assert.deepEqual([told.severity, told.buttons], ['info', ['Sign In Again']]);
    assert.deepEqual(await accounts(), []);
    await ui.notifications.press(/^The sign-in was cancelled/, 'Sign In Again');
    const again = await signInTab(browser, sandbox);
    await again.close();
    await ui.input.cancel(STEPS.end);
  });

  it('is one at a time: a second one ends the first', async () => {
    const { ui } = fixture;
    const first = redirectOf(await begin('Read'));
    const page = await begin('Read');
    await ui.screen.until('the first one’s port to be given back', () =>
      fetch(first).then(
        () => false,
        () => true,
      ),
    );
    assert.notEqual(redirectOf(page), first);
    await page.close();
    await ui.page.bringToFront();
    await ui.input.cancel(STEPS.end);
  });

  it('that is cancelled ends at once, and its page can no longer end it', async () => {
    const { ui, sandbox } = fixture;
    const page = await begin('Read');
    const redirect = redirectOf(page);
    await ui.page.bringToFront();
    await ui.input.cancel(STEPS.end);
    await ui.screen.until('the port to be given back', () =>
      fetch(redirect).then(
        () => false,
        () => true,
      ),
    );
    await press(page, sandbox.address);
    await press(page, 'Continue');
    await page.close();
    assert.deepEqual(await accounts(), []);
    // The one of the sign-in takes a moment to go, and no other comes.
    const isQuiet = async () => (await ui.notifications.list()).length === 0;
    await ui.screen.until('the notification to be gone', isQuiet);
  });

  it('is not ended by a forged answer, and goes on', async () => {
    const { ui, sandbox, browser } = fixture;
    const page = await begin('Read');
    const forged = await browser.newPage();
    for (const answer of ['code=4/0stolen&state=forged', 'code=4/0stolen', 'error=access_denied&state=']) {
      await forged.goto(`${redirectOf(page)}/?${answer}`);
      assert.match(String(await forged.getByRole('heading').textContent()), /not the sign-in that VS Code waits for/);
    }
    await forged.close();
    assert.ok(!sandbox.requests.some((request) => request.startsWith('POST /token')));
    await allow(page, sandbox.address);
    assert.equal(await lastPage(page), 'You are signed in');
    await ui.notifications.wait(`${sandbox.address} is signed in. The agent may find and read mail.`);
    assert.deepEqual(await accounts(), [`${sandbox.address} sandbox, not a real mailbox, access: Read`]);
  });

  it('again as somebody else changes nothing', async () => {
    const { ui, sandbox } = fixture;
    // Google asks again only where it knows of no permission.
    sandbox.grants.disconnect(sandbox.client.id, sandbox.address);
    const page = await beginAgain(sandbox.address);
    await press(page, 'Use another account');
    await press(page, OTHER);
    await press(page, 'Continue');
    assert.equal(await lastPage(page), 'The sign-in did not work');
    await ui.notifications.wait(`You signed in as ${OTHER}, not as ${sandbox.address}.`);
    assert.equal((await accounts()).length, 1);
  });

  it('again as the same person renews the sign-in, without a question about client or level', async () => {
    const { ui, sandbox } = fixture;
    const page = await beginAgain(sandbox.address);
    await press(page, 'Continue');
    assert.equal(await lastPage(page), 'You are signed in');
    await ui.notifications.wait(
      /was signed in already; its sign-in has been renewed\. The agent may find and read mail\./,
    );
    await ui.runCommand('Gmail: Refresh Access Token');
    await ui.notifications.wait(/^Access token refreshed/);
  });

  it('with a scope unticked gives what was ticked, and says so', async () => {
    const { ui, sandbox } = fixture;
    const page = await begin('Draft');
    await press(page, OTHER);
    await page.getByLabel(/Manage drafts and send emails/).uncheck();
    await press(page, 'Continue');
    assert.equal(await lastPage(page), 'You are signed in');
    const told = await ui.notifications.wait(`${OTHER} is signed in.`);
    assert.match(told.message, /writing drafts was not ticked on Google’s page, so the agent is not offered it\./);
    assert.deepEqual(
      (await accounts()).map((row) => row.split(' ')[0]),
      [sandbox.address, OTHER],
    );
    await signOut(ui, OTHER, { oneOfSeveral: true });
  });

  it('ends by pasting the address where the browser cannot reach this computer', async () => {
    const { ui } = fixture;
    const page = await begin('Full');
    const state = stateOf(page);
    let address = '';
    await page.route('**/signin/oauth', async (route) => {
      // The way to the redirect is cut off, as it is for a browser on another computer.
      const response = await route.fetch({ maxRedirects: 0 });
      const { location = '' } = response.headers();
      if (location.startsWith('http://127.0.0.1')) address = location;
      await (address ? route.abort('connectionrefused') : route.fulfill({ response }));
    });
    await allow(page, OTHER);
    await ui.screen.until('the end of the sign-in', () => address !== '');
    await page.close();
    for (const [text, expected] of [
      ['https://accounts.google.com/signin?x=1', /a page of Google from before the end/],
      [address.replace(state, 'another-state'), /belongs to another sign-in/],
      ['4/0AbCdEf', /the code alone/],
    ] as const) {
      await ui.input.paste(STEPS.end, text);
      await ui.screen.press('Enter');
      await ui.screen.until('the objection', async () => expected.test((await ui.input.box(STEPS.end)).message));
    }
    await ui.input.answer(STEPS.end, address.replace('http://', ''));
    await ui.notifications.wait(`${OTHER} is signed in. The agent may read, write, organise, and send mail.`);
  });
});

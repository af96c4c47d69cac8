import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright-core';
import { openBrowser } from './support/browser.ts';
import { Ui } from './support/ui.ts';
import { START, until } from './support/waiting.ts';

const OPEN = fileURLToPath(new URL('open.ts', import.meta.url));

describe('the workbench for a person to play with', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'open-'));
  let child: ChildProcess | undefined;
  let browser: BrowserContext | undefined;
  after(async () => {
    await browser?.close();
    child?.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  it('has the sandbox mailbox and a model that answers, and leaves nothing after Ctrl+C', async () => {
    const started = spawn(process.execPath, [OPEN], { stdio: ['ignore', 'pipe', 'inherit'] });
    child = started;
    let said = '';
    started.stdout.on('data', (data) => {
      said += data;
    });
    const [, url = '', workspace = ''] = await until(
      'the address of the workbench',
      () => /(http:\S+folder=(\S+))/.exec(said),
      {
        timeout: START,
      },
    );
    mkdirSync(path.join(folder, 'browser'));
    browser = await openBrowser(path.join(folder, 'browser'));
    const page = browser.pages()[0] ?? (await browser.newPage());
    const ui = new Ui(page, path.join(folder, 'screenshots'));
    await page.goto(url, { waitUntil: 'domcontentloaded', timeout: START });
    await ui.notifications.wait(/^The sandbox mailbox .* is ready/);
    await ui.notifications.press(/^The sandbox mailbox/, 'Ask the Agent');
    assert.match(await ui.chat.answer(/words of others/), /Pip has drawn your flat/);
    await browser.close();

    // From the terminal, and once more from npm.
    started.kill('SIGINT');
    started.kill('SIGINT');
    const [code] = started.exitCode === null ? await once(started, 'exit') : [started.exitCode];
    assert.equal(code, 130);
    assert.equal(existsSync(path.dirname(workspace)), false);
  });
});

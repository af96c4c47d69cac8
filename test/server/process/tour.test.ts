import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const TOUR = fileURLToPath(new URL('../../../src/sandbox/tour/main.ts', import.meta.url));

describe('the tour that npm start plays', () => {
  const { status, stdout } = spawnSync(process.execPath, [TOUR], { encoding: 'utf8', env: { PATH: process.env.PATH } });

  it('plays to its end and says what to do next', () => {
    assert.equal(status, 0);
    assert.match(stdout, /What next\?\s+\S/);
  });

  it('names each tool it calls, in the order of the session', () => {
    const called = [...stdout.matchAll(/→ (gmail_\w+)/g)].map(([, name]) => name);
    assert.deepEqual(
      called.filter((name, index) => name !== called[index - 1]),
      [
        'gmail_refresh_token',
        'gmail_get_recent_emails',
        'gmail_search_emails',
        'gmail_read_email',
        'gmail_get_email_body_chunk',
        'gmail_send_email',
        'gmail_read_email',
        'gmail_modify_emails',
        'gmail_undo',
      ],
    );
    assert.ok(called.filter((name) => name === 'gmail_get_email_body_chunk').length > 1);
  });

  it('shows the confirmation before the send, and finds the sent mail', () => {
    assert.match(stdout, /│ Send to [^\n]*wren[\s\S]*│ Subject: Re: [\s\S]*Confirmed once, sent once/i);
    assert.match(stdout, /✓ To [^\n]*wren[^\n]*: “Re: /i);
  });

  it('takes back just what it has archived', () => {
    assert.match(stdout, /│ Archived: 3 messages\.[\s\S]*✓ Taken back \(Archived\): 3 messages\./);
  });

  it('prints no colours where there is no terminal, and no secret', () => {
    assert.ok(!stdout.includes('\u001b['));
    assert.doesNotMatch(stdout, /ya29\.|1\/\/|GOCSPX/);
  });
});

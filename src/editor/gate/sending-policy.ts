import { window } from 'vscode';
import * as z from 'zod';
import type { Vault } from '../../accounts/secret-store.ts';
import { MOST_SENT_REMEMBERED, WHEN_SENDING_ASKS, type WhenSendingAsks } from '../../broker/protocol.ts';
import { Problem } from '../../shared/problems.ts';
import { tell } from '../tell.ts';

const ASKS_KEY = 'sending:asks';
const sentKey = (account: string) => `sending:sent:${account.toLowerCase()}`;

const sentSchema = z.array(z.string());

const CHOICES: Readonly<Record<WhenSendingAsks, { label: string; detail: string }>> = {
  always: { label: 'Always', detail: 'Each message waits for your yes' },
  newRecipients: {
    label: 'For new recipients',
    detail: 'Only where a recipient has not had two messages of yours, each more than a day old',
  },
  never: { label: 'Never', detail: 'Only where a file goes along, a one-time code, or answers go to another domain' },
};

/**
 * How often a person is asked before a send, and what was sent through the extension. Both are kept in the secret
 * storage: an agent with a terminal could edit a setting.
 */
export class SendingPolicy {
  readonly #vault: Vault;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /** Whatever cannot be read means that the person is asked. */
  async asks(): Promise<WhenSendingAsks> {
    const stored = await this.#vault.get(ASKS_KEY).catch(() => undefined);
    return WHEN_SENDING_ASKS.find((value) => value === stored) ?? 'always';
  }

  /** The ids of messages that were sent through the extension, the newest last. */
  async sent(account: string): Promise<string[]> {
    const stored = await this.#vault.get(sentKey(account)).catch(() => undefined);
    try {
      return sentSchema.parse(JSON.parse(stored ?? '[]'));
    } catch {
      return [];
    }
  }

  async remember(account: string, messageId: string): Promise<void> {
    const sent = [...(await this.sent(account)), messageId].slice(-MOST_SENT_REMEMBERED);
    await this.#vault.store(sentKey(account), JSON.stringify(sent));
  }

  /** `Gmail: Change When Sending Asks…`. Asking less often takes a modal, which no agent can answer. */
  async change(): Promise<void> {
    const now = await this.asks();
    const items = WHEN_SENDING_ASKS.map((value) => ({
      ...CHOICES[value],
      description: value === now ? 'as now' : '',
      value,
    }));
    const picked = await window.showQuickPick(items, {
      title: 'When does sending ask you?',
      placeHolder: 'A message that is sent cannot be called back',
      ignoreFocusOut: true,
    });
    if (!picked || picked.value === now) return;
    const isLooser = WHEN_SENDING_ASKS.indexOf(picked.value) > WHEN_SENDING_ASKS.indexOf(now);
    if (isLooser && !(await confirmLooser(picked.value))) return;
    try {
      await this.#vault.store(ASKS_KEY, picked.value);
    } catch {
      throw Problem.of('storage_failed', { action: 'write' });
    }
    tell(`Sending asks you: ${picked.label.toLowerCase()}.`);
  }
}

async function confirmLooser(value: WhenSendingAsks): Promise<boolean> {
  const keep = 'Keep Asking';
  const loosen = 'Ask Less Often';
  const answer = await window.showWarningMessage(
    'Let the agent send mail with fewer questions?',
    {
      modal: true,
      detail: `${CHOICES[value].detail}.\nWhoever misleads the agent by a mail could then send in your name.`,
    },
    keep,
    loosen,
  );
  return answer === loosen;
}

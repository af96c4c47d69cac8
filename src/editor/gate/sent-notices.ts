import { randomUUID } from 'node:crypto';
import { env, Uri, window } from 'vscode';
import type { Account } from '../../accounts/account.ts';
import { gmailPage } from '../../activity/entry-words.ts';
import type { CallReport } from '../../broker/activity/protocol.ts';
import type { SendQuestion } from '../../broker/send-question.ts';
import { visibleStart } from '../../shared/visible.ts';

/** A message that was let go and of which nothing has been heard since. */
interface LetGo {
  /** `ann@example.org and 2 more, from robin@example.org`. */
  whose: string;
  account: Account;
  /** Aborts when something has been heard. */
  heard: AbortController;
}

/** Of an address, in code points. */
const LONGEST_SHOWN = 80;

const OPEN = 'Open in Gmail';
const OPEN_SENT = 'Open Sent in Gmail';

/**
 * Tells the person what became of a message that was let go: quietly that it was sent, and in so many words where it was
 * not, or where nobody knows. Nothing of its subject or text is in it.
 */
export class SentNotices {
  readonly #waiting = new Map<string, LetGo>();

  /**
   * A message may go out now.
   *
   * @param gone aborts when the server that sends it has ended
   * @returns the name by which the server reports what became of it
   */
  letGo(question: SendQuestion, account: Account, gone?: AbortSignal): string {
    const name = randomUUID();
    const heard = new AbortController();
    this.#waiting.set(name, { whose: whoseOf(question, account), account, heard });
    const onGone = () => {
      const waiting = this.#take(name);
      if (waiting) tellUnclear(waiting);
    };
    gone?.addEventListener('abort', onGone, { signal: heard.signal });
    return name;
  }

  /** A call has ended, by letting go of a message perhaps. */
  ended({ question, deed, outcome, messageId }: CallReport): void {
    const waiting = question === undefined ? undefined : this.#take(question);
    if (!waiting) return;
    // What failed behind it does not call a message back.
    if (deed === 'sent') tellSent(waiting, messageId);
    else if (outcome === 'unclear') tellUnclear(waiting);
    else tellUnsent(waiting);
  }

  #take(name: string): LetGo | undefined {
    const waiting = this.#waiting.get(name);
    this.#waiting.delete(name);
    waiting?.heard.abort();
    return waiting;
  }
}

function whoseOf({ to, cc, bcc }: SendQuestion, { email }: Account): string {
  const [first, ...others] = [...to, ...cc, ...bcc].map(({ address }) => shownAddress(address));
  return `${first ?? 'nobody'}${others.length > 0 ? ` and ${others.length} more` : ''}, from ${email}`;
}

/** A notification makes a link, or a button for a command even, of `[words](address)`. */
const shownAddress = (address: string): string => visibleStart(address, LONGEST_SHOWN).replaceAll('](', '] (');

function tellSent({ whose, account }: LetGo, messageId: string | undefined): void {
  const page = messageId === undefined ? undefined : gmailPage(account.email, `all/${messageId}`);
  const buttons = page === undefined || isSandbox(account) ? [] : [OPEN];
  const shown = window.showInformationMessage(`Sent to ${whose}.`, ...buttons);
  open(shown, OPEN, page);
}

function tellUnclear({ whose, account }: LetGo): void {
  const text = `Nobody knows whether the email to ${whose} was sent. Look among the sent ones before it is sent again.`;
  const buttons = isSandbox(account) ? [] : [OPEN_SENT];
  open(window.showWarningMessage(text, ...buttons), OPEN_SENT, gmailPage(account.email, 'sent'));
}

function tellUnsent({ whose }: LetGo): void {
  window
    .showWarningMessage(`Not sent: the email to ${whose}. The agent has been told why.`)
    .then(undefined, () => undefined);
}

/** It has no pages to open. */
const isSandbox = ({ sandboxOrigin }: Account): boolean => sandboxOrigin !== undefined;

function open(shown: Thenable<string | undefined>, button: string, page: string | undefined): void {
  shown.then(
    (pressed) => (pressed === button && page !== undefined ? env.openExternal(Uri.parse(page)) : undefined),
    () => undefined,
  );
}

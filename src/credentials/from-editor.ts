import { BrokerClient } from '../broker/broker-client.ts';
import type { BrokerSettings, BrokerToken } from '../broker/protocol.ts';
import type { SendAnswer } from '../broker/send-question.ts';
import { GmailConnection } from '../gmail/connection/connection.ts';
import { AccessTokenRefresher } from '../oauth/access-token-refresher.ts';
import type { Privacy } from '../shared/privacy.ts';
import { Problem } from '../shared/problems.ts';
import { knownAccessOf } from './account-access.ts';
import { windowRules } from './change-rules.ts';
import type { Call, CallCredentials, CredentialOptions, Credentials } from './credentials.ts';
import { draftKeeper } from './draft-keeper.ts';
import { KnownAccounts } from './known-accounts.ts';
import { BrokerQuota, FIRST_UNITS } from './quota/broker-quota.ts';
import { toldQuota, toldWait } from './quota/told-wait.ts';

/** Accounts that the editor holds: each call asks the window anew, so a sign-in or sign-out takes effect at once. */
export function editorCredentials(folder: string, options: CredentialOptions): Credentials {
  const broker = new BrokerClient(folder, { onSettings: applySettings, onChange: () => void known.refresh() });
  const ask = async () => (await broker.request('listAccounts', {}, new AbortController().signal)).accounts;
  const known: KnownAccounts = new KnownAccounts(ask, (accounts) => options.onKnownAccess(knownAccessOf(accounts)));
  broker.follow();
  return {
    source: 'editor',
    knownAccess: async () => {
      const accounts = await known.current();
      return accounts && knownAccessOf(accounts);
    },
    // The window is asked by the call itself: it says for what.
    prepare: async () => undefined,
    forCall: (call) => credentialsOfCall(broker, call, options),
    // What was done is noted whether or not the client still waits.
    note: async (report) => void (await broker.request('noteCall', report, new AbortController().signal)),
  };
}

/**
 * A call stays with the account that it began with, whatever is signed in or out meanwhile. It asks for one token, and
 * again only where Google refuses that, where its time is over, or where a person was asked in between.
 */
async function credentialsOfCall(
  broker: BrokerClient,
  { access, account: named, client, shownClient, signal, whileWaiting }: Call,
  { log, redactor }: CredentialOptions,
): Promise<CallCredentials> {
  let account = named;
  let needed = access;
  let privacy: Privacy = { hiddenQuery: '', showsCodes: false };
  const { signal: lasting } = new AbortController();
  const pinned = () => (account === undefined ? {} : { account });
  const quota = new BrokerQuota(broker, pinned);
  /** What the first token brings with it. */
  let wanted = FIRST_UNITS;
  let notesSearches = false;
  const learned = (token: BrokerToken): BrokerToken => {
    redactor.learn(token.value);
    account = token.account;
    privacy = token.privacy;
    notesSearches = token.notesSearches;
    return token;
  };
  const tokensWhile = (asking: AbortSignal) =>
    new AccessTokenRefresher(async (refused?: string) => {
      const params = {
        ...pinned(),
        access: needed,
        client: shownClient,
        ...(refused === undefined ? {} : { refused }),
        ...(wanted > 0 ? { units: wanted } : {}),
      };
      const token = learned(await broker.request('getToken', params, asking));
      quota.reserve(wanted, token.apiOrigin);
      wanted = 0;
      return token;
    });
  const tokens = tokensWhile(signal);
  // Before anything else, so that nobody is asked about a call that the account does not allow.
  if (access !== 'none') await toldWait(whileWaiting, tokens.get());
  return {
    gmail: (outliving) => {
      const source = outliving ? tokensWhile(outliving) : tokens;
      const get = () => source.get();
      const replace = (refused: string) => source.replace(refused);
      return new GmailConnection({ tokens: { get, replace, quota: toldQuota(quota, whileWaiting) }, log });
    },
    about: () => ({ owner: account ?? '', memoryKey: account ?? '', privacy }),
    forRecord: () => ({ account, notesSearches }),
    accounts: async () => (await broker.request('listAccounts', {}, signal)).accounts,
    saveFolder: () => broker.request('saveFolder', {}, signal),
    assertAllows: async (more) => {
      needed = more;
      tokens.forget();
      await tokens.get();
    },
    renew: async () => {
      const token = learned(await broker.request('renewToken', { ...pinned(), client: shownClient }, signal));
      return { token, account: token.account };
    },
    attachmentFolders: async () => (await broker.request('attachmentFolders', {}, signal)).folders,
    askToSend: async (question, { signal: asking, onLate }) => {
      const { from, ...rest } = question;
      // The account's own address goes without saying.
      const isAlias =
        from !== undefined && !from.toLowerCase().includes(`<${account}>`) && from.toLowerCase() !== account;
      const shown = { ...rest, ...pinned(), ...(isAlias ? { from } : {}) };
      const late = ({ answer }: SendAnswer) => void (answer === 'draft' && onLate());
      const {
        answer,
        account: asked,
        isAsked,
        question: name,
      } = await broker.request('confirmSend', shown, asking, late);
      if (answer === 'decline') {
        throw question.kind === 'send'
          ? Problem.of('send_declined', {})
          : Problem.of('draft_not_agreed', { how: 'decline' });
      }
      account = asked;
      // While the question stood the account may have been signed out, or allowed less.
      tokens.forget();
      return { answer, isAsked, question: name };
    },
    changes: windowRules(broker, { client, account: pinned, signal }),
    sending: {
      asksPerson: true,
      policy: () => broker.request('sendPolicy', pinned(), signal),
      report: async (messageId) => {
        // The message is sent whether or not the window hears of it.
        await broker.request('reportSent', { account: account ?? '', messageId }, signal).catch(() => undefined);
      },
      drafts: draftKeeper({
        // Neither ends with the call: a late click may still save the draft, and a call that is over gives it back.
        take: async (draftId, holder) => void (await broker.request('holdDraft', { draftId, holder }, lasting)),
        // A window that has gone keeps none.
        release: async (draftId, holder) =>
          void (await broker.request('releaseDraft', { draftId, holder }, lasting).catch(() => undefined)),
      }),
    },
  };
}

/** The child of an extension host gets none of the editor's proxy settings; Google's libraries read this variable. */
function applySettings({ proxy }: BrokerSettings): void {
  const { HTTPS_PROXY } = process.env;
  if (HTTPS_PROXY !== undefined && HTTPS_PROXY !== proxyOfEditor) return;
  proxyOfEditor = proxy;
  if (proxy) process.env.HTTPS_PROXY = proxy;
  else delete process.env.HTTPS_PROXY;
}

/** What was taken over from a window, and so may be replaced by the next one; a variable of the user's own stays. */
let proxyOfEditor: string | undefined;

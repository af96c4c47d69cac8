import type { ExtensionContext } from 'vscode';
import type { AccessTokens } from '../../accounts/access-tokens.ts';
import type { AccountStore } from '../../accounts/account-store.ts';
import type { Vault } from '../../accounts/secret-store.ts';
import type { ActivityLog } from '../../activity/activity-log.ts';
import type { Entry } from '../../activity/entries.ts';
import { logLine } from '../../activity/entry-words.ts';
import { Recorder } from '../../activity/recorder.ts';
import type { Handlers } from '../../broker/answer.ts';
import { ChangeAllowance } from '../../shared/changes/change-allowance.ts';
import type { ChangeJournal } from '../../shared/changes/change-journal.ts';
import { systemClock } from '../../shared/clock.ts';
import type { Logger } from '../../shared/log.ts';
import { UnitBudgets } from '../../shared/quota/unit-budgets.ts';
import { ChangeGate } from '../gate/change-gate.ts';
import type { ExactMessages } from '../gate/exact-message.ts';
import { ModalTurns } from '../gate/modal-turns.ts';
import { SendGate } from '../gate/send-gate.ts';
import { SendingPolicy } from '../gate/sending-policy.ts';
import { SentNotices } from '../gate/sent-notices.ts';
import type { GuardedSettings } from '../limits/guarded-settings.ts';
import type { Reporter } from '../report.ts';
import { allowedRecipients, recordsSearches } from '../settings.ts';
import { attachmentFolders } from './attachment-folders.ts';
import { brokerHandlers } from './broker-handlers.ts';
import type { SaveFolder } from './save-folder.ts';
import type { SettingsCheck } from './settings-check.ts';
import { UndoCommand } from './undo-command.ts';

/** What the answers to servers share with the rest of the window. */
export interface DeskParts {
  context: Pick<ExtensionContext, 'globalStorageUri'>;
  store: AccountStore;
  vault: Vault;
  tokens: AccessTokens;
  reporter: Reporter;
  log: Logger;
  guard: GuardedSettings;
  check: SettingsCheck;
  record: ActivityLog;
  folders: SaveFolder;
  messages: ExactMessages;
  journal: ChangeJournal;
  serverPath: string;
  brokerFolder: string;
}

/** The window's answers to its servers. It is loaded with the first request of one. */
export function createDesk(parts: DeskParts): Handlers {
  const { store, tokens, reporter, guard, folders, journal } = parts;
  const { maximumLevel, privacy } = guard;
  const turns = new ModalTurns(systemClock);
  const undo = new UndoCommand(parts);
  return brokerHandlers({
    ...{ store, tokens, reporter, maximumLevel, privacy, allowedRecipients, journal },
    saveFolder: () => folders.get(),
    attachmentFolders: () => attachmentFolders(folders.known, parts.context.globalStorageUri.fsPath),
    policy: new SendingPolicy(parts.vault),
    recorder: recorderOf(parts),
    gate: new SendGate(parts.messages, turns),
    notices: new SentNotices(),
    onHidingFailed: (email, query) => parts.check.hidingFailed(email, query),
    budgets: new UnitBudgets(),
    changeGate: new ChangeGate(turns),
    allowance: new ChangeAllowance(systemClock.now),
    onChanged: (email, change) => undo.offer(email, change, (error) => reporter.tell(error, { email })),
  });
}

/** What is recorded stands in the log as well. */
function recorderOf({ log, record, guard }: DeskParts): Recorder {
  const append = async (entry: Entry) => {
    log.info(logLine(entry));
    await record.append(entry);
  };
  return new Recorder({
    log: { append },
    isOn: guard.recordsActivity,
    takesSearches: recordsSearches,
    clock: systemClock,
  });
}

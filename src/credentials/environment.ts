import { type ChosenFolder, folderAt, isWideFolder } from '../shared/chosen-folder.ts';
import { parseLoopbackOrigin } from '../shared/google/loopback.ts';
import { LOG_LEVELS, type LogLevel } from '../shared/log.ts';
import type { Privacy } from '../shared/privacy.ts';
import { Problem } from '../shared/problems.ts';

/** The account that the environment describes; blank values count as missing and are named in errors. */
export interface EnvironmentAccount {
  clientId: string;
  clientSecret: string;
  refreshToken: string;
}

export interface ServerEnvironment {
  /** Folder in which the editor's brokers announce themselves, where an editor started the server. */
  brokerFolder: string | undefined;
  account: EnvironmentAccount | undefined;
  gmailOrigin: string | undefined;
  oauthOrigin: string | undefined;
  /** Whether the owner of the server lets it send without asking. */
  sendWithoutAsking: boolean;
  /** What stays out of a model's reach, where no editor says so. */
  privacy: Privacy;
  /** The folder into which attachments may be saved, where no editor names one, and what lay there at the start. */
  saveFolder: { named: string; found: ChosenFolder | undefined } | undefined;
  logLevel: LogLevel;
}

const ACCOUNT_VARIABLES = ['GMAIL_CLIENT_ID', 'GMAIL_CLIENT_SECRET', 'GMAIL_REFRESH_TOKEN'] as const;

/**
 * Reads the server's settings and takes the credentials out of the environment, so that nothing which prints or
 * inherits it later can reveal them.
 *
 * @throws TypeError where a base URL points anywhere but at this computer
 */
export function takeEnvironment(env: NodeJS.ProcessEnv): ServerEnvironment {
  const brokerFolder = env.HEADLESS_GMAIL_BROKER;
  const inEditor = brokerFolder !== undefined;
  const settings: ServerEnvironment = {
    brokerFolder,
    account: inEditor ? undefined : readAccount(env),
    gmailOrigin: inEditor ? undefined : readOrigin(env, 'GMAIL_API_BASE_URL'),
    oauthOrigin: inEditor ? undefined : readOrigin(env, 'GOOGLE_OAUTH_BASE_URL'),
    sendWithoutAsking: !inEditor && env.GMAIL_CONFIRM_SEND?.trim().toLowerCase() === 'never',
    privacy: {
      hiddenQuery: env.GMAIL_HIDDEN_QUERY?.trim() ?? '',
      showsCodes: env.GMAIL_SHOW_CODES?.trim().toLowerCase() === 'always',
    },
    saveFolder: readFolder(env.GMAIL_SAVE_DIR?.trim()),
    logLevel: LOG_LEVELS.find((level) => level === env.HEADLESS_GMAIL_LOG_LEVEL?.trim().toLowerCase()) ?? 'warn',
  };
  for (const name of ACCOUNT_VARIABLES) delete env[name];
  return settings;
}

/** The folder for files. Throws `save_folder_unset`, `save_folder_wide`, or `save_folder_missing` where none was there at the start. */
export function saveFolderOf({ saveFolder }: ServerEnvironment): ChosenFolder {
  const problem = saveFolderProblem({ saveFolder });
  if (problem || !saveFolder?.found) throw problem ?? Problem.of('save_folder_unset', {});
  return saveFolder.found;
}

/** What is wrong with the folder for files, where one is named. */
export function saveFolderProblem({ saveFolder }: Pick<ServerEnvironment, 'saveFolder'>): Problem | undefined {
  if (!saveFolder) return undefined;
  const { named: folder, found } = saveFolder;
  if (!found) return Problem.of('save_folder_missing', { folder });
  return isWideFolder(found.path) ? Problem.of('save_folder_wide', { folder }) : undefined;
}

/** Looked at once: what is put at its path later was chosen by nobody. */
function readFolder(named: string | undefined): ServerEnvironment['saveFolder'] {
  return named ? { named, found: folderAt(named) } : undefined;
}

/** One variable of the three is enough to mean "the account comes from the environment"; the rest is then an error. */
function readAccount(env: NodeJS.ProcessEnv): EnvironmentAccount | undefined {
  if (ACCOUNT_VARIABLES.every((name) => env[name] === undefined)) return undefined;
  return {
    clientId: env.GMAIL_CLIENT_ID?.trim() ?? '',
    clientSecret: env.GMAIL_CLIENT_SECRET?.trim() ?? '',
    refreshToken: env.GMAIL_REFRESH_TOKEN?.trim() ?? '',
  };
}

function readOrigin(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name];
  return value === undefined || value.trim() === '' ? undefined : parseLoopbackOrigin(name, value);
}

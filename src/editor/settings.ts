import { readFile } from 'node:fs/promises';
import { workspace } from 'vscode';
import { type ImportedClient, parseClientFile } from '../accounts/client-file.ts';
import { ACCESS_LEVELS, type AccessLevel } from '../shared/access.ts';
import type { Privacy } from '../shared/privacy.ts';
import { Problem } from '../shared/problems.ts';

/** Settings of the machine: no workspace can set them (scope "machine" in package.json). */
const setting = (name: string) => workspace.getConfiguration('headlessGmail').get<string>(name)?.trim();

/** The most that any account may allow the agent; an administrator can lower it. A value that is none is the least. */
export function maximumLevel(): AccessLevel {
  const value = setting('maximumAccess') || 'full';
  return ACCESS_LEVELS.find((level) => level === value) ?? 'read';
}

/** Addresses and domains that the agent may write to, in lower case; all where there are none. */
export function allowedRecipients(): string[] {
  const value = workspace.getConfiguration('headlessGmail').get<unknown>('allowedRecipients');
  const listed = Array.isArray(value) ? value : [];
  return listed.flatMap((each) => (typeof each === 'string' && each.trim() ? each.trim().toLowerCase() : []));
}

/** What the person keeps out of the agent's reach. */
export function privacy(): Privacy {
  const showsCodes = workspace.getConfiguration('headlessGmail').get<boolean>('showCodes') === true;
  return { hiddenQuery: setting('hiddenQuery') ?? '', showsCodes };
}

/**
 * The OAuth client that an administrator has put on this machine, if there is one.
 *
 * @throws Problem where the file cannot be read or is none
 */
export async function presetClient(): Promise<ImportedClient | undefined> {
  const file = setting('clientFile');
  if (!file) return undefined;
  const text = await readFile(file, 'utf8').catch(() => {
    throw Problem.of('client_file_wrong', {
      reason: 'the file of the setting headlessGmail.clientFile is not readable',
    });
  });
  return parseClientFile(text);
}

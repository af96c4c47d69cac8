import { readFile } from 'node:fs/promises';
import { workspace } from 'vscode';
import type { ImportedClient } from '../accounts/client-file.ts';
import { ACCESS_LEVELS, type AccessLevel } from '../shared/access.ts';
import { clip } from '../shared/code-points.ts';
import { problemIn } from '../shared/hidden/hidden-query.ts';
import type { Privacy } from '../shared/privacy.ts';
import { asProblem, Problem } from '../shared/problems.ts';

/** Settings of the person or the machine: no workspace can set them (their scopes in package.json). */
const settings = () => workspace.getConfiguration('headlessGmail');

/** A setting that is a text; whoever edits the file can write anything. */
function setting(name: string): string | undefined {
  const value = settings().get<unknown>(name) ?? undefined;
  return typeof value === 'string' || value === undefined ? value?.trim() : NO_TEXT;
}

/** Addresses and domains that the agent may write to, in lower case; all where there are none. */
export function allowedRecipients(): string[] {
  const value = settings().get<unknown>('allowedRecipients');
  const listed = Array.isArray(value) ? value : [];
  return listed.flatMap((each) => (typeof each === 'string' && each.trim() ? each.trim().toLowerCase() : []));
}

/** Whether the person wants to see Gmail in the status bar. */
export function isStatusShown(): boolean {
  return settings().get<unknown>('showStatusBarItem') !== false;
}

/** Whether what the agent searches for is recorded along with what it does. */
export const recordsSearches = (): boolean => settings().get<unknown>('recordSearches') === true;

/** In place of a value that is no text: no level, and no search that can be understood. */
const NO_TEXT = '?';

/** What bounds and records what the agent does, as the settings say. A level that is none is undefined. */
export function limitsAsSet(): Privacy & { maximumAccess: AccessLevel | undefined; recordsActivity: boolean } {
  const value = setting('maximumAccess') || 'full';
  return {
    hiddenQuery: setting('hiddenQuery') ?? '',
    showsCodes: settings().get<unknown>('showCodes') === true,
    maximumAccess: ACCESS_LEVELS.find((level) => level === value),
    recordsActivity: settings().get<unknown>('recordActivity') !== false,
  };
}

/**
 * The most that may be chosen for an account; an administrator can lower it.
 *
 * @throws Problem `maximum_access_wrong` where the setting is misspelt: nothing is chosen for good by a slip
 */
export function choosableLevel(): AccessLevel {
  const { maximumAccess } = limitsAsSet();
  if (!maximumAccess)
    throw Problem.of('maximum_access_wrong', { value: clip(setting('maximumAccess') ?? '', LONGEST) });
  return maximumAccess;
}

/** How much of a setting an error names, in code points. */
const LONGEST = 40;

/** What is wrong with the settings that keep mail out of reach, with the name of each. */
export function wrongSettings(): [name: string, problem: Problem][] {
  const wrong: [string, Problem | undefined][] = [
    ['headlessGmail.hiddenQuery', problemIn(limitsAsSet().hiddenQuery)],
    ['headlessGmail.maximumAccess', problemOf(choosableLevel)],
  ];
  return wrong.flatMap(([name, problem]) => (problem ? [[name, problem]] : []));
}

function problemOf(work: () => unknown): Problem | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return asProblem(error);
  }
}

/**
 * The OAuth client that an administrator has put on this machine, if there is one.
 *
 * @throws Problem `client_setting_wrong` where the file cannot be read or is none
 */
export async function presetClient(): Promise<ImportedClient | undefined> {
  const file = setting('clientFile');
  if (!file) return undefined;
  const text = await readFile(file, 'utf8').catch(() => {
    throw Problem.of('client_setting_wrong', { reason: 'it is not there, or not readable' });
  });
  const { parseClientFile } = await import('../accounts/client-file.ts');
  try {
    return parseClientFile(text);
  } catch (error) {
    // The same fault, of a file that the person has not chosen.
    throw Problem.fromWire({ ...asProblem(error).toWire(), code: 'client_setting_wrong' });
  }
}

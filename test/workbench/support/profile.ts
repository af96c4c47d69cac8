import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** VS Code puts sockets of up to 54 characters into its TMPDIR; the system allows about 100 bytes altogether. */
const LONGEST_BASE = 24;

const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'telemetry.telemetryLevel': 'off',
};

/** The folders of one run of the workbench. All of it lies in one folder, and nothing of the user's own is used. */
export interface Profile {
  folder: string;
  /** code-server's --user-data-dir: settings, logs, workspace storage. */
  data: string;
  extensions: string;
  home: string;
  /** TMPDIR of the server and all that it starts. */
  temporary: string;
  /** The folder that a window opens unless told otherwise. */
  workspace: string;
  /** Chromium's profile, which holds SecretStorage and the windows' state. */
  browser: string;
  /** What the test's companion extensions read and write. */
  companion: string;
  screenshots: string;
  config: string;
}

/** Makes the folders of a fresh profile, with the user's settings. */
export function makeProfile(settings: Record<string, unknown> = {}): Profile {
  const base = tmpdir();
  const folder = mkdtempSync(path.join(base.length > LONGEST_BASE ? '/tmp' : base, 'wb-'));
  const profile: Profile = {
    folder,
    data: path.join(folder, 'data'),
    extensions: path.join(folder, 'ext'),
    home: path.join(folder, 'home'),
    temporary: path.join(folder, 't'),
    workspace: path.join(folder, 'workspace'),
    browser: path.join(folder, 'chromium'),
    companion: path.join(folder, 'companion'),
    screenshots: process.env.WORKBENCH_SHOTS || path.join(folder, 'screenshots'),
    config: path.join(folder, 'config.yaml'),
  };
  const { data, extensions, home, temporary, workspace, companion } = profile;
  for (const each of [data, extensions, home, workspace, companion]) mkdirSync(each);
  mkdirSync(temporary, { mode: 0o700 });
  writeFileSync(profile.config, 'auth: none\n');
  writeSettings(profile, settings);
  return profile;
}

/**
 * The profile as the windows of another test find it: the server's folders stay, and what a window or the extension
 * under test leaves in them is fresh. No window may be open.
 */
export function renewProfile(profile: Profile, extension: string, settings: Record<string, unknown>): Profile {
  const { folder, data, companion } = profile;
  const own = mkdtempSync(path.join(folder, 'windows-'));
  const fresh = { ...profile, workspace: path.join(own, 'workspace'), browser: path.join(own, 'chromium') };
  mkdirSync(fresh.workspace);
  for (const file of readdirSync(companion)) rmSync(path.join(companion, file));
  rmSync(path.join(data, 'User/globalStorage', extension), { recursive: true, force: true });
  writeSettings(profile, settings);
  return fresh;
}

/** Deletes what the windows of a test left, unless WORKBENCH_KEEP is set. */
export function removeWindows({ workspace, browser }: Profile): void {
  if (process.env.WORKBENCH_KEEP) return;
  for (const folder of [workspace, browser]) remove(folder);
}

/** Replaces the user's settings; a running workbench takes them up by itself. */
function writeSettings(profile: Profile, settings: Record<string, unknown>): void {
  mkdirSync(path.join(profile.data, 'User'), { recursive: true });
  const file = path.join(profile.data, 'User/settings.json');
  writeFileSync(file, `${JSON.stringify({ ...QUIET_SETTINGS, ...settings }, undefined, 2)}\n`);
}

/** Deletes the profile, unless WORKBENCH_KEEP is set. */
export function removeProfile(profile: Profile): void {
  if (!process.env.WORKBENCH_KEEP) remove(profile.folder);
}

function remove(folder: string): void {
  // Processes that are about to end may still write a file or two.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import packaged, { inflate } from '@sparticuz/chromium';
import { type BrowserContext, chromium } from 'playwright-core';
import { once } from '../../support/cache.ts';
import { MOMENT } from './waiting.ts';

const PACKAGE = fileURLToPath(new URL('..', import.meta.resolve('@sparticuz/chromium')));

/** Raise it when what is done to the unpacked browser changes. */
const RECIPE = 1;

// Not the package's own list, which is for cloud functions (single process, no site isolation).
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface BrowserOptions {
  viewport?: { width: number; height: number };
  /** 2 gives screenshots of twice the pixels. */
  deviceScaleFactor?: number;
  /** The home folder that the browser's processes see. */
  home?: string;
}

/**
 * Starts Chromium on a browser profile of its own. Cookies, storage and so VS Code's SecretStorage stay in that folder
 * when the browser is closed.
 */
export async function openBrowser(userDataDir: string, options: BrowserOptions = {}): Promise<BrowserContext> {
  // Tall by default: chat answers and lists render only the rows that are in view.
  const { viewport = { width: 1360, height: 1600 }, deviceScaleFactor, home = userDataDir } = options;
  const folder = await chromiumFolder();
  const context = await chromium.launchPersistentContext(userDataDir, {
    executablePath: path.join(folder, 'chromium'),
    headless: true,
    args: ARGS,
    // Nothing of the developer's own environment: no proxy, no configuration, no secrets.
    env: {
      PATH: process.env.PATH ?? '',
      HOME: home,
      LANG: 'C.UTF-8',
      LD_LIBRARY_PATH: path.join(folder, 'al2023/lib'),
      FONTCONFIG_FILE: path.join(folder, 'fonts.conf'),
    },
    viewport,
    // The workbench then moves nothing for show, and nobody waits for it.
    reducedMotion: 'reduce',
    ...(deviceScaleFactor === undefined ? {} : { deviceScaleFactor }),
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(MOMENT);
  return context;
}

async function chromiumFolder(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`The workbench tests bring a Chromium for linux-x64; this is ${process.platform}-${process.arch}.`);
  }
  const { version } = JSON.parse(readFileSync(path.join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  return once(`chromium-${version}-r${RECIPE}`, unpack);
}

/** Unpacks the browser, the libraries that a bare system lacks, and fonts. */
async function unpack(part: string, place: string): Promise<void> {
  // The package knows no other way to say where to.
  const before = process.env.TMPDIR;
  process.env.TMPDIR = part;
  try {
    await packaged.executablePath();
    await inflate(path.join(PACKAGE, 'bin/al2023.tar.br'));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  writeFileSync(
    path.join(part, 'fonts.conf'),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${place}/fonts</dir><cachedir>${place}/fonts-cache</cachedir></fontconfig>
`,
  );
}

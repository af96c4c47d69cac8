import type { ServerInfo } from './host.ts';

/** Put in by esbuild.mjs. The server may stand alone in its folder, so its icon is within it. */
declare const HEADLESS_GMAIL_VERSION: string;
declare const HEADLESS_GMAIL_ICON: string;

/** What clients show of the server: the name that it has in VS Code's lists as well. */
export const SERVER_INFO: ServerInfo = {
  name: 'headless-gmail',
  title: 'Gmail',
  version: HEADLESS_GMAIL_VERSION,
  description: 'Email in Gmail: search, read, organise, draft, and send with a person’s yes.',
  websiteUrl: 'https://github.com/headless-gmail/headless-gmail',
  icons: [{ src: HEADLESS_GMAIL_ICON, mimeType: 'image/png', sizes: ['48x48'] }],
};

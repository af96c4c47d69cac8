import { SEEN_BROKEN, UNSEEN_BROKEN } from './broken.ts';
import { OTHERWISE, TOO_SMALL } from './illegible.ts';
import { SEEN_LAYOUTS, UNSEEN_LAYOUTS } from './layouts.ts';
import { div, p, span } from './markup.ts';
import { SEEN_MAILS } from './seen.ts';
import { SEEN_STYLES, UNSEEN_IN_BROWSERS, UNSEEN_STYLES } from './styles.ts';
import { UNSEEN_MAILS, UNSEEN_MAILS_IN_BROWSERS } from './unseen.ts';

/** The word that is looked for in a mail, and the same letters in another order, which take up the same room. */
export const WORD = 'MORNINGSTAR';
export const OTHER_WORD = 'RATSGNINROM';

/** A small mail with `WORD` in it, and whether a person sees that. */
export interface HiddenMail {
  html: string;
  /** Whether it is read: it is seen in Gmail and in a browser alike. */
  read: boolean;
  /** Where the pixels of a browser say otherwise: why. */
  otherwise?: string;
}

const mails = (htmls: readonly string[], read: boolean): HiddenMail[] => htmls.map((html) => ({ html, read }));

/** Ways to hide text and ways that only look like it, for the reader and for the pixels of a browser. */
export const HIDDEN_MAILS: readonly HiddenMail[] = [
  ...mails([...UNSEEN_STYLES, ...UNSEEN_IN_BROWSERS].map(p), false),
  ...mails(['display:none', 'visibility:hidden', 'font-size:0', 'color:#fff', 'opacity:0'].map(span), false),
  ...mails(
    ['max-height:0;overflow:hidden', 'text-indent:-9999px'].map((style) => div(style)),
    false,
  ),
  ...mails([...UNSEEN_MAILS, ...UNSEEN_MAILS_IN_BROWSERS, ...UNSEEN_BROKEN, ...UNSEEN_LAYOUTS], false),
  ...mails(SEEN_STYLES.map(p), true),
  ...mails(['max-height:0', 'opacity:.5', 'color:#333', 'height:0;overflow:hidden'].map(span), true),
  ...mails([...SEEN_MAILS, ...SEEN_BROKEN, ...SEEN_LAYOUTS], true),
  ...TOO_SMALL.map((html) => ({ html, read: false, otherwise: 'Nobody can read letters of this size' })),
  ...OTHERWISE.map(([html, otherwise]) => ({ html, read: false, otherwise })),
].map((mail) => ({ ...mail, html: mail.html.replaceAll('WORD', WORD) }));

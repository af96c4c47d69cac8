import { CALENDAR } from './calendar.ts';
import { CHOIR } from './choir.ts';
import { HOME_CONVERSATIONS } from './conversations-home.ts';
import { WORK_CONVERSATIONS } from './conversations-work.ts';
import { HOSTILE } from './hostile.ts';
import { INTERNATIONAL } from './international.ts';
import { LEGACY_CHARSETS } from './legacy-charsets.ts';
import { LISTS_AND_SOCIAL } from './lists-and-social.ts';
import { LONG_AND_ODD } from './long-and-odd.ts';
import { LONG_MINUTES } from './long-minutes.ts';
import { NEWSLETTERS } from './newsletters.ts';
import { RECEIPTS_AND_ALERTS } from './receipts-and-alerts.ts';
import { SENT_AND_FILED } from './sent-and-filed.ts';
import type { SeedMessage } from './types.ts';

/** The demonstration mailbox, in no particular order. */
export const SEED: readonly SeedMessage[] = [
  ...WORK_CONVERSATIONS,
  ...HOME_CONVERSATIONS,
  ...CHOIR,
  ...NEWSLETTERS,
  ...RECEIPTS_AND_ALERTS,
  ...CALENDAR,
  ...LISTS_AND_SOCIAL,
  ...INTERNATIONAL,
  ...LEGACY_CHARSETS,
  ...LONG_MINUTES,
  ...LONG_AND_ODD,
  ...SENT_AND_FILED,
  ...HOSTILE,
];

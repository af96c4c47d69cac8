import { seededRandom } from '../support.ts';

type Way = 'new' | 'changed draft' | 'draft as it is' | 'without a draft';
type Step = 'create' | 'send';
/** When the fault strikes: `late` is taken by Gmail, whose answer is lost, and done only while it is asked about. */
type Moment = 'before' | 'during' | 'after' | 'late';
type Manner = '500' | 'cut' | 'expiry';

/** What befalls one send; all of it follows from the seed. */
export interface Plan {
  seed: number;
  way: Way;
  step: Step;
  moment: Moment;
  manner: Manner;
  /** The sign-in server is gone, so that no token takes the place of one that ended. */
  isWithoutRefresh: boolean;
  /** How many reads fail after the fault; a read is tried three times. */
  failingReads: number;
  /** A message just like it was sent before. */
  hasTwin: boolean;
  /** Somebody else deletes the draft while it is asked for. */
  isDeleted: boolean;
  /** At which look a late send is done. */
  doneAt: number;
}

export function planOf(seed: number): Plan {
  const random = seededRandom(seed);
  const pick = <T>(...all: [T, ...T[]]): T => all[Math.floor(random() * all.length)] ?? all[0];
  const way = pick<Way>('new', 'new', 'changed draft', 'draft as it is', 'without a draft');
  // Nine of twenty are struck after Gmail has taken the message, and a tenth beside them lets it wait.
  const turn = seed % 20;
  const moment: Moment = turn < 9 ? 'after' : turn < 11 ? 'late' : turn < 15 ? 'during' : 'before';
  const hasOneStep = way === 'draft as it is' || way === 'without a draft';
  return {
    seed,
    way,
    step: moment === 'late' || hasOneStep ? 'send' : pick('create', 'send', 'send'),
    moment,
    manner: pick('500', 'cut', 'expiry'),
    isWithoutRefresh: random() < 0.15,
    failingReads: pick(0, 0, 0, 1, 2, 3, 30),
    hasTwin: random() < 0.3,
    isDeleted: moment === 'before' && random() < 0.2,
    doneAt: pick(0, 1, 2, 3),
  };
}

const subjectOf = ({ seed }: Plan) => `Run ${seed}`;

/** What tells the message of a run from all others. */
export const markOf = ({ seed }: Plan) => `the very text of run ${seed}.`;

export const mimeOf = (plan: Plan, text = markOf(plan)) =>
  Buffer.from(`To: lena@example.com\r\nCc: Bo <bo@example.com>\r\nSubject: ${subjectOf(plan)}\r\n\r\n${text}\r\n`);

export const traitsOf = (plan: Plan) => ({
  subject: subjectOf(plan),
  recipients: ['bo@example.com', 'Lena@example.com'],
});

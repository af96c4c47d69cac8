import { env, type Memento, Uri } from 'vscode';
import { PAGES } from './pages.ts';
import { type Answer, BACK, pick } from './steps.ts';

interface GuideStep {
  title: string;
  /** The exact choices, one sentence each. */
  choices: readonly string[];
  page: string;
}

/** The way to an OAuth client of one's own (https://developers.google.com/workspace/guides/create-credentials). */
const STEPS: readonly GuideStep[] = [
  {
    title: 'a project',
    choices: ['Any name will do.', 'With Google Workspace, make it inside your organisation.'],
    page: PAGES.newProject,
  },
  {
    title: 'the Gmail API',
    choices: ['Choose the project at the top, then press Enable.'],
    page: PAGES.gmailApi,
  },
  {
    title: 'the consent screen',
    choices: ['Give an app name and your address.', 'No logo: it would start a review by Google.'],
    page: PAGES.branding,
  },
  {
    title: 'the audience',
    choices: [
      'With Google Workspace: Internal. No warning, no limits.',
      'Otherwise External, then Publish app: tests end after 7 days.',
      'Unverified is fine: a warning at each sign-in, 100 users.',
    ],
    page: PAGES.audience,
  },
  {
    title: 'the client',
    choices: ['Application type: Desktop app.', 'Then Download JSON: that is the file to import.'],
    page: PAGES.newClient,
  },
];

const NEXT = 'Done, next step';
const LAST = 'Done, import the file';

/** Keeps how far somebody got, over windows: the pages take ten minutes, and some people come back tomorrow. */
const REACHED = 'guideStep';

/** Leads through Google Cloud, page by page, from where the person was last. Answers once it is through. */
export async function guideToClient(memento: Memento): Promise<Answer<'through'>> {
  const reached = memento.get<number>(REACHED) ?? 0;
  for (let index = STEPS[reached] ? reached : 0; index < STEPS.length; ) {
    const step = STEPS[index] as GuideStep;
    await memento.update(REACHED, index);
    const pressed = await askAbout(step, index);
    if (pressed === undefined || (pressed === BACK && index === 0)) return pressed;
    if (pressed === BACK) index -= 1;
    else if (pressed === 'next') index += 1;
    else await env.openExternal(Uri.parse(step.page));
  }
  await memento.update(REACHED, undefined);
  return 'through';
}

async function askAbout({ title, choices, page }: GuideStep, index: number): Promise<Answer<'next' | 'open'>> {
  const items = [
    { label: `$(link-external) Open ${new URL(page).hostname}`, detail: page, leads: 'open' as const },
    ...choices.map((choice) => ({ label: `$(info) ${choice}`, leads: 'open' as const })),
    { label: `$(arrow-right) ${index === STEPS.length - 1 ? LAST : NEXT}`, leads: 'next' as const },
    { label: '$(arrow-left) Back', leads: BACK as typeof BACK },
  ];
  const picked = await pick(items, {
    title: `OAuth client, step ${index + 1} of ${STEPS.length}: ${title}`,
    placeHolder: 'Open the page, do there what the rows say, and choose Done',
    canGoBack: true,
  });
  return picked === undefined || picked === BACK ? picked : picked.leads;
}

import { env, Uri, window } from 'vscode';
import { PAGES } from './pages.ts';

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
      'Internal, where you can choose it (Google Workspace): no warning, no limits.',
      'Otherwise External, and then Publish app: In Testing every sign-in ends after seven days.',
      'An app that Google has not verified shows a warning page at each sign-in and takes up to 100 users.',
    ],
    page: PAGES.audience,
  },
  {
    title: 'the client',
    choices: ['Application type: Desktop app.', 'Then Download JSON: that is the file to import.'],
    page: PAGES.newClient,
  },
];

const NEXT = '$(arrow-right) Done, next step';
const BACK = '$(arrow-left) Back';

/** Leads through Google Cloud, page by page. Answers whether the person went through to the end. */
export async function guideToClient(): Promise<boolean> {
  for (let index = 0; index < STEPS.length; ) {
    const step = STEPS[index] as GuideStep;
    const pressed = await askAbout(step, index);
    if (pressed === undefined) return false;
    if (pressed === NEXT) index += 1;
    else if (pressed === BACK) index -= 1;
    else await env.openExternal(Uri.parse(step.page));
  }
  return true;
}

async function askAbout({ title, choices, page }: GuideStep, index: number): Promise<string | undefined> {
  const items = [
    { label: `$(link-external) Open ${new URL(page).hostname}`, detail: page },
    ...choices.map((choice) => ({ label: `$(info) ${choice}`, detail: '' })),
    { label: index === STEPS.length - 1 ? NEXT.replace('next step', 'import the file') : NEXT, detail: '' },
    ...(index > 0 ? [{ label: BACK, detail: '' }] : []),
  ];
  const picked = await window.showQuickPick(items, {
    title: `OAuth client, step ${index + 1} of ${STEPS.length}: ${title}`,
    placeHolder: choices[0] ?? '',
    ignoreFocusOut: true,
  });
  if (picked === undefined || picked.label === BACK) return picked?.label;
  return picked.label.startsWith('$(arrow-right)') ? NEXT : 'open';
}

import { type Memento, type Uri, window, workspace } from 'vscode';
import {
  checkClient,
  clientIdFault,
  type ImportedClient,
  parseClientFile,
  secretFault,
} from '../../accounts/client-file.ts';
import type { Reporter } from '../report.ts';
import { guideToClient } from './client-guide.ts';
import { type Answer, BACK, type Place, pick, typeText } from './steps.ts';

type Way = 'guide' | 'file' | 'paste' | 'type';

const WAYS: readonly { label: string; detail: string; way: Way }[] = [
  {
    way: 'guide',
    label: '$(compass) Guide me to a client of my own…',
    detail: 'Five pages of Google Cloud, about ten minutes, once',
  },
  {
    way: 'file',
    label: '$(file) Import the client file…',
    detail: 'client_secret….json, as Google Cloud offers it for download',
  },
  { way: 'paste', label: '$(clippy) Paste the client file', detail: 'The content of that file' },
  { way: 'type', label: '$(edit) Type the client id and secret', detail: 'From APIs & Services > Credentials' },
];

/** Each step has a title of its own, so that nobody types a secret into the wrong box. */
const TITLES = {
  way: 'Sign in to Gmail: the OAuth client',
  paste: 'Sign in to Gmail: paste the client file',
  id: 'Sign in to Gmail: client id',
  secret: 'Sign in to Gmail: client secret',
};

export interface ClientPrompt {
  reporter: Reporter;
  /** Keeps how far the guide was followed. */
  memento: Memento;
  place?: Place | undefined;
  /** Whether there is a question before. */
  canGoBack?: boolean;
}

/** Asks for the OAuth client. Undefined when the person leaves. A bad file is explained and asked for again. */
export async function askForClient(prompt: ClientPrompt): Promise<Answer<ImportedClient>> {
  const question = { title: TITLES.way, placeHolder: 'Every user brings an OAuth client of the type Desktop app' };
  for (;;) {
    const picked = await pick(WAYS, { ...prompt, ...question });
    if (picked === undefined || picked === BACK) return picked;
    const client = await bring(picked.way, prompt);
    if (client !== BACK) return client;
  }
}

async function bring(way: Way, { reporter, memento, place }: ClientPrompt): Promise<Answer<ImportedClient>> {
  if (way === 'file') return importFile(reporter);
  if (way === 'paste') return pasteFile(reporter, place);
  if (way === 'type') return typeClient(place);
  const guided = await guideToClient(memento);
  return guided === 'through' ? importFile(reporter) : guided;
}

/** Whoever chooses no file may have another way to bring the client. */
async function importFile(reporter: Reporter): Promise<Answer<ImportedClient>> {
  for (;;) {
    const [file] =
      (await window.showOpenDialog({
        title: 'Import the client file',
        openLabel: 'Import',
        filters: { JSON: ['json'] },
      })) ?? [];
    if (!file) return BACK;
    try {
      return parseClientFile(await readText(file));
    } catch (error) {
      if (!(await reporter.show(error, { button: 'Choose Another File' }))) return BACK;
    }
  }
}

async function readText(file: Uri): Promise<string> {
  return new TextDecoder().decode(await workspace.fs.readFile(file));
}

async function pasteFile(reporter: Reporter, place?: Place): Promise<Answer<ImportedClient>> {
  const text = await typeText({
    ...{ title: TITLES.paste, place, canGoBack: true, isSecret: true },
    prompt: 'Paste the whole content of client_secret….json',
    faultOf: (value) => faultOf(reporter, () => parseClientFile(value)),
  });
  return typeof text === 'string' ? parseClientFile(text) : text;
}

async function typeClient(place?: Place): Promise<Answer<ImportedClient>> {
  for (;;) {
    const id = await typeText({
      ...{ title: TITLES.id, place, canGoBack: true },
      prompt: 'From the OAuth client of the type Desktop app',
      placeHolder: '….apps.googleusercontent.com',
      faultOf: (value) => sentenceOf(clientIdFault(value)),
    });
    if (typeof id !== 'string') return id;
    const secret = await typeText({
      ...{ title: TITLES.secret, place, canGoBack: true, isSecret: true },
      prompt: 'It is shown beside the client id, or in its download',
      faultOf: (value) => sentenceOf(secretFault('client secret', value)),
    });
    if (typeof secret === 'string') return { ...checkClient(id, secret), sandboxOrigin: undefined };
    if (secret === undefined) return undefined;
  }
}

function faultOf(reporter: Reporter, parse: () => unknown): string | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    return reporter.words(error);
  }
}

/** A fault as it stands under an input box. */
export function sentenceOf(fault: string | undefined): string | undefined {
  return fault && `${fault.charAt(0).toUpperCase()}${fault.slice(1)}.`;
}

import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { textOfAttachment } from '../../mail/attachment-text.ts';
import type { AttachmentInfo } from '../../mail/mime/attachments.ts';
import { readHeader } from '../../mail/mime/headers.ts';
import type { LoadPart } from '../../mail/mime/load-part.ts';
import type { MimePart } from '../../mail/mime/mime-part.ts';
import { readFiles } from '../../mail/read-mail.ts';
import { hideKnown } from '../../masking/known.ts';
import { maskFields } from '../../masking/mask.ts';
import { type OriginalOptions, type ReadOriginal, readOriginal } from '../original-message.ts';
import { type ReadMessage, showMessage } from '../shown-message.ts';

/** A file and what it says of itself. */
export interface FileToRead {
  bytes: Uint8Array;
  /** For its charset. */
  part: MimePart;
  type: string;
  name: string;
  showsCodes: boolean;
  /** What is masked in the messages beside it. */
  known: ReadonlySet<string>;
}

/** The text of a file as a person would read it. */
export interface FileText {
  text: string;
  /** Characters that nobody could see, and so were removed. */
  hidden: number;
  /** One-time codes and password-reset links that were masked. */
  masked: number;
}

/** The text of a file with what was masked in it, as it stood there. */
export interface ReadFile extends FileText {
  secrets: ReadonlySet<string>;
}

/** Whatever takes the words of strangers apart. Input and output can be cloned; errors are Problems. */
export const JOBS = {
  message: (input: { message: gmail_v1.Schema$Message; showsCodes: boolean }, load: LoadPart): Promise<ReadMessage> =>
    showMessage(input.message, input.showsCodes, load),

  original: (
    input: { message: gmail_v1.Schema$Message; known: ReadonlySet<string> } & OriginalOptions,
    load: LoadPart,
  ): Promise<ReadOriginal> => readOriginal(input.message, input, load),

  /** Of a message whose text is not read, so that the names are judged by themselves and its subject. */
  files: async (
    { payload, showsCodes }: { payload: MimePart; showsCodes: boolean },
    load: LoadPart,
  ): Promise<AttachmentInfo[]> => {
    const found = await readFiles(payload, load);
    if (showsCodes) return found;
    const [from, subject] = [readHeader(payload, 'from'), readHeader(payload, 'subject')];
    const { files } = maskFields({ from, subject, text: '', files: found.map(({ name }) => name) });
    return found.map((file, at) => ({ ...file, name: files[at] ?? file.name }));
  },

  fileText: async ({ bytes, part, type, name, showsCodes, known }: FileToRead): Promise<ReadFile> => {
    const { text, hidden } = await textOfAttachment(Buffer.from(bytes), part, type, name);
    if (showsCodes) return { text, hidden, masked: 0, secrets: new Set() };
    const { count, secrets, ...masked } = maskFields({ from: '', subject: name, text });
    const shown = hideKnown(masked.text, known);
    return { text: shown.text, hidden, masked: count + shown.values.length, secrets };
  },
};

type Jobs = typeof JOBS;
export type JobName = keyof Jobs;
export type InputOf<N extends JobName> = Parameters<Jobs[N]>[0];
export type OutputOf<N extends JobName> = Awaited<ReturnType<Jobs[N]>>;

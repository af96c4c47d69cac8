import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import { textOfAttachment } from '../../mail/attachment-text.ts';
import type { AttachmentInfo } from '../../mail/mime/attachments.ts';
import type { LoadPart } from '../../mail/mime/load-part.ts';
import type { MimePart } from '../../mail/mime/mime-part.ts';
import { readFiles } from '../../mail/read-mail.ts';
import { maskSecrets } from '../../masking/mask.ts';
import { type OriginalMessage, type OriginalOptions, readOriginal } from '../original-message.ts';
import { type ShownMessage, showMessage } from '../shown-message.ts';

/** A file and what it says of itself. */
export interface FileToRead {
  bytes: Uint8Array;
  /** For its charset. */
  part: MimePart;
  type: string;
  name: string;
  showsCodes: boolean;
}

/** The text of a file as a person would read it. */
export interface FileText {
  text: string;
  /** Characters that nobody could see, and so were removed. */
  hidden: number;
  /** One-time codes and password-reset links that were masked. */
  masked: number;
}

/** Whatever takes the words of strangers apart. Input and output can be cloned; errors are Problems. */
export const JOBS = {
  message: (input: { message: gmail_v1.Schema$Message; showsCodes: boolean }, load: LoadPart): Promise<ShownMessage> =>
    showMessage(input.message, input.showsCodes, load),

  original: (input: { message: gmail_v1.Schema$Message } & OriginalOptions, load: LoadPart): Promise<OriginalMessage> =>
    readOriginal(input.message, input, load),

  files: (input: { payload: MimePart }, load: LoadPart): Promise<AttachmentInfo[]> => readFiles(input.payload, load),

  fileText: async ({ bytes, part, type, name, showsCodes }: FileToRead): Promise<FileText> => {
    const { text, hidden } = await textOfAttachment(Buffer.from(bytes), part, type, name);
    const masked = showsCodes ? { text, count: 0 } : maskSecrets({ from: '', subject: name, text });
    return { text: masked.text, hidden, masked: masked.count };
  },
};

type Jobs = typeof JOBS;
export type JobName = keyof Jobs;
export type InputOf<N extends JobName> = Parameters<Jobs[N]>[0];
export type OutputOf<N extends JobName> = Awaited<ReturnType<Jobs[N]>>;

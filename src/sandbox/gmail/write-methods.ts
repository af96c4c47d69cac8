import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import type { Clock } from '../../shared/clock.ts';
import { invalidArgument } from '../google-error.ts';
import { SHAPES, type Shape } from '../rest/answer-shapes.ts';
import type { Method } from '../rest/method.ts';
import { type Parameters, UPLOAD } from '../rest/parameters.ts';
import { SCOPES } from '../rest/scopes.ts';
import { deliver } from '../store/deliver.ts';
import type { Drafts } from '../store/drafts.ts';
import type { MailStore, StoredMessage } from '../store/mail-store.ts';
import { draftOf, requireMime, viewDraft } from './drafts.ts';
import { type Posted, readPosted, threadOf } from './posted-message.ts';
import { ResumableUploads } from './resumable.ts';
import { readUpload } from './upload.ts';

/** A method that is handed a message. */
interface Writing {
  verb: 'POST' | 'PUT';
  path: string;
  rpc: string;
  scopes: readonly string[];
  /** Of the resource that it is handed. */
  takes: Shape;
  shape: Shape;
  write(posted: Posted, path: Record<string, string>): Promise<object>;
}

/** What sends and drafts, each at its usual address and at that for uploads. */
export function writeMethods(store: MailStore, drafts: Drafts, clock: Clock): Method[] {
  const { message, draft } = SHAPES;
  const send: Writing = {
    ...{
      verb: 'POST',
      path: '/messages/send',
      rpc: 'SendMessage',
      scopes: SCOPES.send,
      takes: message,
      shape: message,
    },
    write: async (posted) => sentView(await deliver(store, mimeToSend(posted), clock, threadOf(store, posted))),
  };
  const create: Writing = {
    ...{ verb: 'POST', path: '/drafts', rpc: 'CreateDraft', scopes: SCOPES.draft, takes: draft, shape: draft },
    write: async (posted) => viewDraft(await drafts.create(requireMime(posted), clock, threadOf(store, posted))),
  };
  const update: Writing = {
    ...{ verb: 'PUT', path: '/drafts/:id', rpc: 'UpdateDraft', scopes: SCOPES.draft, takes: draft, shape: draft },
    write: async (posted, { id }) => {
      const old = draftOf(drafts, id);
      return viewDraft(await drafts.replace(old, requireMime(posted), clock, threadOf(store, posted)));
    },
  };
  const sendDraft: Writing = {
    ...{ verb: 'POST', path: '/drafts/send', rpc: 'SendDraft', scopes: SCOPES.draft, takes: draft, shape: message },
    write: async (posted) => {
      const known = draftOf(drafts, posted.resource.id);
      const changed = posted.mime && (await drafts.replace(known, posted.mime, clock, threadOf(store, posted)));
      return sentView(await drafts.send(changed ?? known, clock));
    },
  };
  const uploads = new ResumableUploads(clock);
  // `send` is no id of a draft, so it stands before those.
  return [send, sendDraft, create, update].flatMap((writing) => bothWays(writing, uploads));
}

function bothWays({ takes, write, ...method }: Writing, uploads: ResumableUploads): Method[] {
  const parameters: Parameters = UPLOAD;
  const isGoingOn = (query: URLSearchParams) => query.has('upload_id');
  const whole: Method = {
    ...method,
    isUpload: true,
    parameters,
    handle: (request) => {
      if (isGoingOn(request.query)) return uploads.goOn(request, (posted) => write(posted, request.path));
      if (request.query.get('uploadType') === 'resumable') return uploads.start(request, takes);
      return write(readUpload(request, takes), request.path);
    },
  };
  return [
    { ...method, handle: (request) => write(readPosted(request, takes), request.path) },
    whole,
    // A resumable upload goes on by PUT, however it began.
    ...(method.verb === 'POST' ? [{ ...whole, verb: 'PUT' as const }] : []),
  ];
}

function mimeToSend({ mime }: Posted): Buffer {
  if (mime) return mime;
  throw invalidArgument("'raw' RFC822 payload message string or uploading message via /upload/* URL required");
}

const sentView = ({ id, threadId, labelIds }: StoredMessage): gmail_v1.Schema$Message => ({
  id,
  threadId,
  labelIds: [...labelIds],
});

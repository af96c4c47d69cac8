import { connect, type Socket } from 'node:net';
import { Problem } from '../shared/problems.ts';
import { type FoundAnnouncement, readAnnouncements, withdraw } from './announcement.ts';
import { FrameChannel, LONGEST_FRAME } from './frames.ts';
import { isProof, proofOf, randomToken } from './proof.ts';
import {
  type BrokerSettings,
  METHODS,
  type Method,
  type Params,
  type Result,
  settingsSchema,
  wireProblemSchema,
} from './protocol.ts';

/** How long a window may take to prove itself, in milliseconds. */
const PROOF_TIMEOUT_MS = 3_000;

interface Waiting {
  resolve(result: unknown): void;
  reject(problem: Problem): void;
}

/** A proven connection to one window. */
interface Connection {
  request(method: Method, params: object, signal: AbortSignal): Promise<unknown>;
  /** Resolves when the window is gone. */
  closed: Promise<void>;
  /** The extension host that answers. */
  pid: number;
}

/**
 * The server's half of the broker. It uses the window whose extension host is its parent, else the live one that was
 * focused last, and finds another when that one is gone.
 */
export class BrokerClient {
  readonly #folder: string;
  readonly #parentPid: number;
  readonly #onSettings: (settings: BrokerSettings) => void;
  #connecting: Promise<Connection> | undefined;
  #current: Connection | undefined;

  constructor(folder: string, onSettings: (settings: BrokerSettings) => void, parentPid = process.ppid) {
    this.#folder = folder;
    this.#onSettings = onSettings;
    this.#parentPid = parentPid;
  }

  /**
   * Asks the window.
   *
   * @throws Problem `editor_absent` or `folder_unsafe`, or whatever the window answers
   */
  async request<M extends Method>(method: M, params: Params<M>, signal: AbortSignal): Promise<Result<M>> {
    const result = METHODS[method].result.safeParse(await this.#ask(method, params, signal));
    if (!result.success) throw Problem.of('internal', { reason: 'The window answered in an unknown form.' });
    // safeParse has checked the result against this very method.
    return result.data as Result<M>;
  }

  async #ask(method: Method, params: object, signal: AbortSignal): Promise<unknown> {
    const search = method === 'confirmSend' ? this.#focusedWindow() : this.#connection();
    const connection = await search;
    try {
      return await connection.request(method, params, signal);
    } catch (error) {
      const isLost = error instanceof Problem && error.code === 'editor_absent';
      // The window was reloaded or closed: another one may answer. A question to the person is never asked twice.
      if (!isLost || method === 'confirmSend') throw error;
      if (this.#current === connection) this.#forget();
      return (await this.#connection()).request(method, params, signal);
    }
  }

  /** The open connection, or the search for one; requests that come meanwhile share its outcome. */
  #connection(): Promise<Connection> {
    if (this.#connecting !== undefined) return this.#connecting;
    const search = this.#find();
    this.#connecting = search;
    const isStill = () => this.#connecting === search;
    search.then(
      (connection) => {
        if (isStill()) this.#current = connection;
        return connection.closed.then(() => void (isStill() && this.#forget()));
      },
      () => void (isStill() && this.#forget()),
    );
    return search;
  }

  #forget(): void {
    this.#connecting = undefined;
    this.#current = undefined;
  }

  /** Questions go to the window that the person looks at, which may be another one than at the first request. */
  async #focusedWindow(): Promise<Connection> {
    const connection = await this.#connection();
    const [first] = await this.#announced();
    if (first && first.pid !== connection.pid && this.#current === connection) this.#forget();
    return this.#connection();
  }

  /** Live windows: the server's parent first, then the one that was focused last. */
  async #announced(): Promise<FoundAnnouncement[]> {
    const isParent = ({ pid }: FoundAnnouncement) => (pid === this.#parentPid ? 1 : 0);
    const announcements = await readAnnouncements(this.#folder);
    return announcements.sort((a, b) => isParent(b) - isParent(a) || b.focusedAt - a.focusedAt);
  }

  async #find(): Promise<Connection> {
    for (const announcement of await this.#announced()) {
      const connection = await open(announcement, this.#onSettings).catch(() => undefined);
      if (connection) return connection;
    }
    throw Problem.of('editor_absent', {});
  }
}

/** Connects to one announced window; rejects where it does not answer or does not prove to know the nonce. */
function open(announcement: FoundAnnouncement, onSettings: (settings: BrokerSettings) => void): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = connect(announcement.socket);
    const challenge = randomToken();
    let isProven = false;
    const { connection, receive } = converse(socket, announcement.pid, (frame) => channel.send(frame));
    const channel = new FrameChannel(socket, LONGEST_FRAME, (frame) => {
      if (frame.ready === true && isProven) {
        clearTimeout(timer);
        onSettings(settingsSchema.catch({}).parse(frame.settings));
        resolve(connection);
      } else if (isProven) {
        receive(frame);
      } else {
        const theirs = String(frame.challenge);
        isProven = isProof(frame.proof, proofOf(announcement.nonce, 'broker', challenge, theirs));
        if (isProven) channel.send({ proof: proofOf(announcement.nonce, 'server', challenge, theirs) });
        else channel.close();
      }
    });
    const timer = setTimeout(() => channel.close(), PROOF_TIMEOUT_MS);
    socket.once('error', (error: NodeJS.ErrnoException) => {
      // Nobody listens there any more, although a process of that number lives.
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') withdraw(announcement).catch(() => undefined);
    });
    socket.once('close', () => {
      clearTimeout(timer);
      reject(Problem.of('editor_absent', {}));
    });
    socket.once('connect', () => channel.send({ challenge }));
    // A server waits for its client, never for the window.
    socket.unref();
  });
}

/** The requests and answers of a proven connection. */
function converse(socket: Socket, pid: number, send: (frame: object) => void) {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  socket.once('close', () => {
    for (const { reject } of waiting.values()) reject(Problem.of('editor_absent', {}));
    waiting.clear();
  });
  const connection: Connection = {
    pid,
    closed: new Promise((resolve) => socket.once('close', () => resolve())),
    request: (method, params, signal) => {
      if (socket.destroyed) return Promise.reject(Problem.of('editor_absent', {}));
      if (signal.aborted) return Promise.reject(Problem.of('cancelled', {}));
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        const cancel = () => {
          waiting.delete(id);
          send({ cancel: id });
          reject(Problem.of('cancelled', {}));
        };
        signal.addEventListener('abort', cancel, { once: true });
        const settle = () => signal.removeEventListener('abort', cancel);
        waiting.set(id, {
          resolve: (result) => {
            settle();
            resolve(result);
          },
          reject: (problem) => {
            settle();
            reject(problem);
          },
        });
        send({ id, method, params });
      });
    },
  };
  const receive = (frame: Record<string, unknown>) => {
    const request = waiting.get(Number(frame.id));
    waiting.delete(Number(frame.id));
    const problem = wireProblemSchema.safeParse(frame.problem);
    if (problem.success) request?.reject(Problem.fromWire(problem.data));
    else request?.resolve(frame.result);
  };
  return { connection, receive };
}

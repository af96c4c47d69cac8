import { connect, type Socket } from 'node:net';
import { Problem } from '../shared/problems.ts';
import { type FoundAnnouncement, withdraw } from './announcement.ts';
import { FrameChannel, LONGEST_FRAME } from './frames.ts';
import { isProof, proofOf, randomToken } from './proof.ts';
import { type BrokerSettings, type Method, settingsSchema, wireProblemSchema } from './protocol.ts';

/** How long a window may take to prove itself, in milliseconds. */
const PROOF_TIMEOUT_MS = 3_000;

/** What a server hears of its window beside the answers to its requests. */
export interface BrokerListener {
  /** The window's settings, once a connection and before the first answer. */
  onSettings(settings: BrokerSettings): void;
  /** The accounts may be others than before: the window says so, or it is another window. */
  onChange(): void;
}

/** A proven connection to one window. */
export interface Connection {
  /**
   * @param onLate is told an answer that comes although the request was withdrawn
   */
  request(method: Method, params: object, signal: AbortSignal, onLate?: (result: unknown) => void): Promise<unknown>;
  /** Resolves when the window is gone. */
  closed: Promise<void>;
  /** Ends the connection as soon as nothing waits for an answer. */
  retire(): void;
  /** The extension host that answers. */
  pid: number;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(problem: Problem): void;
}

/** Connects to one announced window; rejects where it does not answer or does not prove to know the nonce. */
export function openConnection(announcement: FoundAnnouncement, listener: BrokerListener): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = connect(announcement.socket);
    const challenge = randomToken();
    let isProven = false;
    const { connection, receive } = converse(socket, announcement.pid, (frame) => channel.send(frame));
    const channel = new FrameChannel(
      socket,
      LONGEST_FRAME,
      (frame) => {
        if (frame.ready === true && isProven) {
          clearTimeout(timer);
          listener.onSettings(settingsSchema.catch({}).parse(frame.settings));
          resolve(connection);
        } else if (isProven && frame.changed === true) {
          listener.onChange();
        } else if (isProven) {
          receive(frame);
        } else {
          const theirs = String(frame.challenge);
          isProven = isProof(frame.proof, proofOf(announcement.nonce, 'broker', challenge, theirs));
          if (isProven) channel.send({ proof: proofOf(announcement.nonce, 'server', challenge, theirs) });
          else channel.close();
        }
      },
      // A question holds a whole message.
      2 * LONGEST_FRAME,
    );
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
  let isRetired = false;
  const endIfIdle = () => {
    if (isRetired && waiting.size === 0) socket.destroy();
  };
  socket.once('close', () => {
    for (const { reject } of waiting.values()) reject(Problem.of('editor_absent', {}));
    waiting.clear();
  });
  const connection: Connection = {
    pid,
    closed: new Promise((resolve) => socket.once('close', () => resolve())),
    retire: () => {
      isRetired = true;
      endIfIdle();
    },
    request: (method, params, signal, onLate) => {
      if (socket.destroyed) return Promise.reject(Problem.of('editor_absent', {}));
      if (signal.aborted) return Promise.reject(Problem.of('cancelled', {}));
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        const cancel = () => {
          if (onLate) waiting.set(id, { resolve: onLate, reject: () => undefined });
          else waiting.delete(id);
          send({ cancel: id });
          reject(Problem.of('cancelled', {}));
          endIfIdle();
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
    endIfIdle();
  };
  return { connection, receive };
}

import { createServer, type Server, type Socket } from 'node:net';
import type { Logger } from '../shared/log.ts';
import { asProblem } from '../shared/problems.ts';
import { SerialQueue } from '../shared/turns/serial-queue.ts';
import { announce, type FoundAnnouncement, prepareFolder, readAnnouncements, withdraw } from './announcement.ts';
import type { Handlers, Signals } from './answer.ts';
import { FrameChannel, LONGEST_FRAME } from './frames.ts';
import { isProof, proofOf, randomToken } from './proof.ts';
import type { BrokerSettings } from './protocol.ts';
import { newSocketPath } from './socket-path.ts';

export interface BrokerOptions {
  /** Stable folder in which live brokers announce themselves. */
  folder: string;
  /** Is asked for them with each request, since they need not be there before the first. */
  handlers(): Promise<Handlers>;
  settings(): BrokerSettings;
  log: Logger;
}

/** A peer that has proven nothing yet gets this long, in milliseconds, and sends at most that much, in bytes. */
const PROOF_TIMEOUT_MS = 5_000;
const LONGEST_UNPROVEN_FRAME = 1024;
/** Windows have a handful of servers; more connections than this at once are somebody's mistake. */
const MOST_CONNECTIONS = 64;

/** The window's half of the broker: hands access tokens to servers that prove to know the nonce, and asks the person. */
export class BrokerServer {
  readonly #options: BrokerOptions;
  readonly #server: Server;
  readonly #connections: ReadonlySet<Socket>;
  readonly #proven: ReadonlySet<FrameChannel>;
  #announcement: FoundAnnouncement;
  #isDisposed = false;
  /** The announcement is changed by one after the other: windows are focused and closed in quick succession. */
  readonly #changes = new SerialQueue();

  private constructor(
    options: BrokerOptions,
    server: Server,
    connections: ReadonlySet<Socket>,
    proven: ReadonlySet<FrameChannel>,
    announcement: FoundAnnouncement,
  ) {
    this.#options = options;
    this.#server = server;
    this.#connections = connections;
    this.#proven = proven;
    this.#announcement = announcement;
  }

  /** Listens, and announces it. Throws where the folder is unsafe or no socket can be made. */
  static async start(options: BrokerOptions): Promise<BrokerServer> {
    await prepareFolder(options.folder);
    // Reading removes what dead windows left.
    await readAnnouncements(options.folder);
    const socket = await newSocketPath();
    const nonce = randomToken();
    const connections = new Set<Socket>();
    const proven = new Set<FrameChannel>();
    const server = createServer((connection) => {
      connections.add(connection);
      connection.once('close', () => connections.delete(connection));
      serve(connection, nonce, options, proven);
    });
    server.maxConnections = MOST_CONNECTIONS;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(socket, resolve);
    });
    const announcement = { version: 1 as const, pid: process.pid, socket, nonce, focusedAt: Date.now() };
    const file = await announce(options.folder, announcement);
    return new BrokerServer(options, server, connections, proven, { ...announcement, file });
  }

  /** Notes that the window was focused: the one focused last shows the questions of servers without a window. */
  async focused(): Promise<void> {
    await this.#changes.run(async () => {
      if (this.#isDisposed) return;
      const { file, ...announcement } = this.#announcement;
      this.#announcement = { ...announcement, file, focusedAt: Date.now() };
      await announce(this.#options.folder, { ...announcement, focusedAt: Date.now() }, file);
    });
  }

  /**
   * Tells every connected server that an account, its access or the default one may be another than before.
   *
   * @returns whether there was one to tell
   */
  changed(): boolean {
    for (const channel of this.#proven) channel.send({ changed: true });
    return this.#proven.size > 0;
  }

  /**
   * Stops listening, then withdraws the announcement. Connected servers notice at once, and no request that comes
   * meanwhile is answered by a window that has no accounts any more: they ask another window.
   */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    this.#server.close();
    for (const connection of this.#connections) connection.destroy();
    await this.#changes.run(() => withdraw(this.#announcement));
  }
}

/**
 * One connection: proof first, then requests.
 *
 * @param provenPeers holds the connection from its proof to its end
 */
function serve(socket: Socket, nonce: string, options: BrokerOptions, provenPeers: Set<FrameChannel>): void {
  const challenge = randomToken();
  let peerChallenge: string | undefined;
  let proven = false;
  const underWay = new Map<number, AbortController>();
  const gone = new AbortController();
  const timer = setTimeout(() => socket.destroy(), PROOF_TIMEOUT_MS);
  const channel = new FrameChannel(socket, LONGEST_UNPROVEN_FRAME, (frame) => {
    if (proven) receive(frame);
    else prove(frame);
  });
  socket.once('close', () => {
    clearTimeout(timer);
    provenPeers.delete(channel);
    for (const work of underWay.values()) work.abort('gone');
    gone.abort('gone');
  });

  const prove = (frame: Record<string, unknown>) => {
    if (peerChallenge === undefined && typeof frame.challenge === 'string') {
      peerChallenge = frame.challenge;
      channel.send({ challenge, proof: proofOf(nonce, 'broker', peerChallenge, challenge) });
      return;
    }
    proven = peerChallenge !== undefined && isProof(frame.proof, proofOf(nonce, 'server', peerChallenge, challenge));
    if (!proven) {
      options.log.warn('A program connected without knowing the nonce and was turned away.');
      channel.close();
      return;
    }
    clearTimeout(timer);
    channel.widen(LONGEST_FRAME);
    channel.send({ ready: true, settings: options.settings() });
    provenPeers.add(channel);
  };

  const receive = (frame: Record<string, unknown>) => {
    if (typeof frame.cancel === 'number') {
      underWay.get(frame.cancel)?.abort('cancelled');
      return;
    }
    const { id, method } = frame;
    if (typeof id !== 'number' || underWay.has(id) || underWay.size >= MOST_CONNECTIONS) {
      channel.close();
      return;
    }
    const work = new AbortController();
    underWay.set(id, work);
    answered(options, method, frame.params, { signal: work.signal, gone: gone.signal })
      .then(
        (result) => channel.send({ id, result }),
        (error: unknown) => channel.send({ id, problem: asProblem(error).toWire() }),
      )
      .finally(() => underWay.delete(id));
  };
}

/** The requests are described and answered by files that a window without a server never loads. */
async function answered(options: BrokerOptions, method: unknown, params: unknown, signals: Signals): Promise<unknown> {
  const [{ answer }, handlers] = await Promise.all([import('./answer.ts'), options.handlers()]);
  return answer(handlers, method, params, signals);
}

import { Problem } from '../shared/problems.ts';
import { Slots } from '../shared/turns/slots.ts';
import { type FoundAnnouncement, readAnnouncements } from './announcement.ts';
import { type BrokerListener, type Connection, openConnection } from './broker-connection.ts';
import { METHODS, type Method, type Params, type Result } from './protocol.ts';

/** How long after the window has gone, or was not there, it is looked for again, in milliseconds. */
const LOOK_AGAIN_MS = 2_000;

/** A window takes a little more than so many requests at once; a model may make a hundred calls in one turn. */
const MOST_AT_ONCE = 48;

/** What the person answers goes to the window that they look at. */
const QUESTIONS: ReadonlySet<Method> = new Set<Method>(['confirmSend', 'confirmChange']);

/**
 * What no other window is asked for again when the one that was asked has gone: a person is not asked twice, nothing is
 * counted twice, and of a change the window alone knows that noted it.
 */
const NEVER_REPEATED: ReadonlySet<Method> = new Set<Method>([
  ...QUESTIONS,
  ...([
    'takeAllowance',
    'giveBackAllowance',
    'beginChange',
    'endChange',
    'claimUndo',
    'releaseUndo',
    'noteUndone',
    'changedIds',
  ] as const),
]);

/**
 * The server's half of the broker. It uses the window whose extension host is its parent, else the live one that was
 * focused last, and finds another when that one is gone.
 */
export class BrokerClient {
  readonly #folder: string;
  readonly #parentPid: number;
  readonly #listener: BrokerListener;
  #connecting: Promise<Connection> | undefined;
  #current: Connection | undefined;
  readonly #slots = new Slots(MOST_AT_ONCE);
  /** Files of windows that were announced and did not answer. */
  readonly #mute = new Set<string>();

  constructor(folder: string, listener: BrokerListener, parentPid = process.ppid) {
    this.#folder = folder;
    this.#listener = listener;
    this.#parentPid = parentPid;
  }

  /**
   * Connects although nothing is asked yet, and again whenever the window has gone, so that changes are heard of at
   * once. Nothing waits for it, and it keeps no process alive.
   */
  follow(): void {
    const again = () => void setTimeout(() => this.follow(), LOOK_AGAIN_MS).unref();
    this.#connection()
      .then(({ closed }) => closed)
      .then(again, again);
  }

  /**
   * Asks the window.
   *
   * @param onLate is told an answer that comes although the request was withdrawn: a person may answer a question late
   * @throws Problem `editor_absent` or `folder_unsafe`, or whatever the window answers
   */
  async request<M extends Method>(
    method: M,
    params: Params<M>,
    signal: AbortSignal,
    onLate?: (result: Result<M>) => void,
  ): Promise<Result<M>> {
    const late =
      onLate &&
      ((answer: unknown) => {
        const result = METHODS[method].result.safeParse(answer);
        if (result.success) onLate(result.data as Result<M>);
      });
    const result = METHODS[method].result.safeParse(
      await this.#slots.run(() => this.#ask(method, params, signal, late)),
    );
    if (!result.success) throw Problem.of('internal', { reason: 'The window answered in an unknown form.' });
    // safeParse has checked the result against this very method.
    return result.data as Result<M>;
  }

  async #ask(
    method: Method,
    params: object,
    signal: AbortSignal,
    onLate: ((result: unknown) => void) | undefined,
  ): Promise<unknown> {
    const connection = await (QUESTIONS.has(method) ? this.#focusedWindow() : this.#ownWindow());
    try {
      return await connection.request(method, params, signal, onLate);
    } catch (error) {
      const isLost = error instanceof Problem && error.code === 'editor_absent';
      // The window was reloaded or closed: another one may answer.
      if (!isLost || NEVER_REPEATED.has(method)) throw error;
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
        if (isStill()) {
          this.#current = connection;
          this.#listener.onChange();
        }
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
    if (first && first.pid !== connection.pid) this.#leave(connection);
    return this.#connection();
  }

  /** A server that was quicker than its own window moves there once that is announced. */
  async #ownWindow(): Promise<Connection> {
    const connection = await this.#connection();
    if (connection.pid === this.#parentPid) return connection;
    const [first] = await this.#announced();
    if (first?.pid === this.#parentPid && !this.#mute.has(first.file)) this.#leave(connection);
    return this.#connection();
  }

  #leave(connection: Connection): void {
    if (this.#current !== connection) return;
    this.#forget();
    connection.retire();
  }

  /** Live windows: the server's parent first, then the one that was focused last. */
  async #announced(): Promise<FoundAnnouncement[]> {
    const isParent = ({ pid }: FoundAnnouncement) => (pid === this.#parentPid ? 1 : 0);
    const announcements = await readAnnouncements(this.#folder);
    return announcements.sort((a, b) => isParent(b) - isParent(a) || b.focusedAt - a.focusedAt);
  }

  async #find(): Promise<Connection> {
    for (const announcement of await this.#announced()) {
      const connection = await openConnection(announcement, this.#listener).catch(() => undefined);
      if (connection) return connection;
      this.#mute.add(announcement.file);
    }
    throw Problem.of('editor_absent', {});
  }
}

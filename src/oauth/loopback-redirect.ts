import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Problem } from '../shared/problems.ts';
import { type AuthorizationAnswer, readAnswer } from './authorization-answer.ts';
import { PAGE_HEADERS, type RedirectPage, redirectPage } from './redirect-page.ts';

/** How long a finished sign-in waits for the browser to take its last page, in milliseconds. */
const LAST_PAGE_MS = 500;

/**
 * Receives the end of one sign-in on this computer: a desktop client may redirect to any port of the loopback
 * interface (RFC 8252, section 7.3). The browser's page waits until the sign-in has really ended, well or badly.
 */
export class LoopbackRedirect {
  readonly redirectUri: string;
  /** What Google answered; it never rejects, and stays open while only strangers call. */
  readonly answer: Promise<AuthorizationAnswer>;
  readonly #server: Server;
  readonly #finish: (page: RedirectPage) => void;

  private constructor(
    server: Server,
    redirectUri: string,
    answer: Promise<AuthorizationAnswer>,
    finish: (page: RedirectPage) => void,
  ) {
    this.#server = server;
    this.redirectUri = redirectUri;
    this.answer = answer;
    this.#finish = finish;
  }

  /**
   * Listens on a free port of 127.0.0.1.
   *
   * @param state of the sign-in; a request without it gets a page and changes nothing
   * @throws Problem `redirect_port_refused` where this computer gives no port
   */
  static async listen(state: string): Promise<LoopbackRedirect> {
    const { promise: answer, resolve } = Promise.withResolvers<AuthorizationAnswer>();
    const { promise: lastPage, resolve: finish } = Promise.withResolvers<RedirectPage>();
    let isAnswered = false;
    let host = '';
    const server = createServer((request, response) => {
      const query = queryOf(request, host);
      const answered = query && readAnswer(query, state);
      if (!answered) {
        show(response, query ? 'elsewhere' : undefined);
        return;
      }
      // A page that is loaded again tells the same end; its code is not used twice.
      if (!isAnswered) resolve(answered);
      isAnswered = true;
      lastPage.then(
        (page) => show(response, page),
        () => response.destroy(),
      );
    });
    await new Promise<void>((done, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) =>
        reject(Problem.of('redirect_port_refused', { code: error.code ?? 'unknown' })),
      );
      server.listen(0, '127.0.0.1', done);
    });
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    return new LoopbackRedirect(server, `http://${host}`, answer, finish);
  }

  /** Shows the browser how the sign-in ended, then stops listening. */
  async close(page: RedirectPage): Promise<void> {
    this.#finish(page);
    const closed = new Promise((done) => this.#server.close(done));
    const timer = setTimeout(() => this.#server.closeAllConnections(), LAST_PAGE_MS);
    await closed;
    clearTimeout(timer);
  }
}

/** The query of a browser's request for the redirect; undefined for anything else, such as an icon or another host. */
function queryOf({ method, url = '/', headers }: IncomingMessage, host: string): URLSearchParams | undefined {
  // A name that was made to point here must not read the page.
  if (method !== 'GET' || headers.host !== host) return undefined;
  const query = /^\/(?:\?(.*))?$/.exec(url);
  return query ? new URLSearchParams(query[1]) : undefined;
}

function show(response: ServerResponse, page: RedirectPage | undefined): void {
  const status = page === undefined ? 404 : page === 'signed in' ? 200 : 400;
  response.writeHead(status, { ...PAGE_HEADERS });
  response.end(page === undefined ? '' : redirectPage(page));
}

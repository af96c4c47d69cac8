import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from '../../../src/sandbox/start.ts';

/** The sandbox with a place at which its mail can be unsubscribed from. */
export class ListHost {
  /** What was asked there: method, headers and body. */
  readonly asked: { method: string | undefined; headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
  readonly #server: Server;
  /** What it answers; it breaks the connection where 0. */
  status = 200;

  private constructor(sandbox: Sandbox) {
    this.#server = createServer((incoming, answer) => {
      if (!incoming.url?.startsWith('/list/')) {
        const { method, headers, url } = incoming;
        const onward = request(`${sandbox.origin}${url}`, { method, headers }, (response) => {
          answer.writeHead(response.statusCode ?? 500, response.headers);
          response.pipe(answer);
        });
        incoming.pipe(onward);
        return;
      }
      let body = '';
      incoming.on('data', (data) => {
        body += String(data);
      });
      incoming.on('end', () => {
        this.asked.push({ method: incoming.method, headers: incoming.headers, body });
        if (this.status === 0) incoming.socket.destroy();
        else answer.writeHead(this.status, { location: '/list/elsewhere' }).end();
      });
    });
  }

  static async start(sandbox: Sandbox): Promise<ListHost> {
    const front = new ListHost(sandbox);
    await new Promise<void>((resolve) => front.#server.listen(0, '127.0.0.1', resolve));
    return front;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';

export type HeaderLines = [string, string][];

export interface ListMail {
  /** What stands between angle brackets. */
  addresses?: readonly string[];
  /** The value of List-Unsubscribe-Post; none where null. */
  post?: string | null;
  /** Above the usual Authentication-Results. */
  above?: HeaderLines;
  /** In place of the usual Authentication-Results. */
  results?: HeaderLines;
  /** In place of the usual DKIM-Signature. */
  signatures?: HeaderLines;
  /** Below all others. */
  below?: HeaderLines;
  subject?: string;
  messageId?: string;
}

export const PASSED =
  'mx.google.com;\r\n       dkim=pass header.i=@list.example header.s=s1 header.b="Ab/2Cd34";\r\n' +
  '       spf=pass (google.com: domain of a@list.example designates 192.0.2.1 as permitted sender) ' +
  'smtp.mailfrom=a@list.example;\r\n       dmarc=pass (p=REJECT) header.from=list.example';

/** A DKIM-Signature of list.example. */
export const signature = (covered = 'from:to:subject:List-Unsubscribe:List-Unsubscribe-Post', b = 'Ab/2Cd34') =>
  `v=1; a=rsa-sha256; c=relaxed/relaxed; d=list.example; s=s1;\r\n\th=${covered};\r\n\tbh=qrs=; b=${b.slice(0, 5)}\r\n\t ${b.slice(5)}+xyz==`;

/** The headers of a mail from a list that lets its readers unsubscribe, as Gmail keeps them. */
export function listHeaders({
  addresses = ['https://list.example/u?id=1'],
  post = 'List-Unsubscribe=One-Click',
  above = [],
  results = [['Authentication-Results', PASSED]],
  signatures = [['DKIM-Signature', signature()]],
  below = [],
  subject = 'The news of May',
  messageId = `<${crypto.randomUUID()}@list.example>`,
}: ListMail = {}): HeaderLines {
  return [
    ['Delivered-To', 'robin.vale@sandbox.example'],
    ...above,
    ...results,
    ...signatures,
    ['From', '"The List" <news@list.example>'],
    ['To', 'robin.vale@sandbox.example'],
    ['Subject', subject],
    ['Message-ID', messageId],
    ...(addresses.length > 0
      ? ([['List-Unsubscribe', addresses.map((one) => `<${one}>`).join(',\r\n ')]] satisfies HeaderLines)
      : []),
    ...(post === null ? [] : ([['List-Unsubscribe-Post', post]] satisfies HeaderLines)),
    ...below,
  ];
}

/** The same as a message. */
export const listMail = (mail: ListMail = {}): Buffer =>
  Buffer.from(
    `${listHeaders(mail)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')}\r\nThe news.\r\n`,
  );

/** A server on this computer that notes every connection, and all that comes by it. */
export class Listener {
  /** What came by each connection so far. */
  readonly received: string[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param answer what it sends once a request has come; 'broken' breaks the connection, 'silent' keeps it */
  static async start(answer: string): Promise<Listener> {
    const server = createServer((socket) => {
      const index = listener.received.push('') - 1;
      socket.on('error', () => undefined);
      socket.on('data', (data) => {
        listener.received[index] += String(data);
        if (!listener.received[index]?.endsWith('One-Click')) return;
        if (answer === 'broken') socket.destroy();
        else if (answer !== 'silent') socket.end(answer);
      });
    });
    const listener = new Listener(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return listener;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

export const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nSet-Cookie: a=b\r\n\r\nok';

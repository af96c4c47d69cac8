/** A process of its own that makes the HTTP requests of a call again, with nothing around them. */
import type { RecordedRequest } from '../recorder.ts';

/** What it is sent; it answers with an empty message when all is done. */
export interface BareWork {
  origin: string;
  /** One wave after the other, the requests of each together. */
  waves: RecordedRequest[][];
}

async function make(origin: string, { method, path, headers, body }: RecordedRequest): Promise<void> {
  const content = body === '' ? {} : { body: Buffer.from(body, 'base64') };
  const response = await fetch(`${origin}${path}`, { method, headers, ...content });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: HTTP status ${response.status}. ${text.slice(0, 500)}`);
}

process.on('message', async ({ origin, waves }: BareWork) => {
  for (const wave of waves) await Promise.all(wave.map((request) => make(origin, request)));
  process.send?.({});
});

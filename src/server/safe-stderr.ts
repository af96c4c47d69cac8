import type { Writable } from 'node:stream';
import type { Redactor } from '../shared/redact.ts';

/**
 * Takes secrets out of whatever this process writes to a stream by itself. With NODE_DEBUG=net in the environment Node.js
 * prints what each connection was opened for, and in that the headers of the request
 * (https://nodejs.org/api/cli.html#node_debugmodule).
 */
export function redactAll(stream: Writable, redactor: Redactor): void {
  const write = stream.write.bind(stream);
  const safe = (chunk: unknown) => (typeof chunk === 'string' ? redactor.redact(chunk) : chunk);
  stream.write = (chunk: unknown, ...rest: unknown[]) => Reflect.apply(write, undefined, [safe(chunk), ...rest]);
}

import { Problem } from '../shared/problems.ts';
import { isMethod, METHODS, type Method, type Params, type Result } from './protocol.ts';

/**
 * What the window does. A signal aborts with the reason `cancelled` where the server withdraws its request, and `gone`
 * where the server has ended; `gone` aborts with the connection, whether or not the request is answered by then.
 */
export type Handlers = {
  [M in Method]: (params: Params<M>, signal: AbortSignal, gone?: AbortSignal) => Promise<Result<M>>;
};

export interface Signals {
  signal: AbortSignal;
  gone: AbortSignal;
}

/**
 * Answers a request as it came from a server, once it has been checked.
 *
 * @throws Problem `internal` where there is no such request, or it is malformed; else whatever the handler throws
 */
export async function answer(handlers: Handlers, method: unknown, params: unknown, signals: Signals): Promise<unknown> {
  if (!isMethod(method)) throw Problem.of('internal', { reason: 'The window does not know this request.' });
  return run(handlers, method, params, signals);
}

function run<M extends Method>(handlers: Handlers, method: M, params: unknown, { signal, gone }: Signals) {
  const checked = METHODS[method].params.safeParse(params);
  if (!checked.success) throw Problem.of('internal', { reason: 'The request to the window is malformed.' });
  // safeParse has checked the parameters against this very method.
  return handlers[method](checked.data as Params<M>, signal, gone);
}

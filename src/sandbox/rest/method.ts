import { apiError, failedPrecondition } from '../google-error.ts';
import { type ApiRequest, RawAnswer, type Route } from '../http.ts';
import type { Grants } from '../oauth/grants.ts';
import type { MailStore } from '../store/mail-store.ts';
import type { Shape } from './answer-shapes.ts';
import { authorize, type Caller, type Needed } from './authorize.ts';
import { readFields, select } from './fields.ts';
import { checkParameters, type Parameters } from './parameters.ts';

/** One method of the Gmail API. */
export interface Method extends Needed {
  verb: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/gmail/v1/users/{userId}`, for example `/messages/:id`. */
  path: string;
  parameters?: Parameters;
  /** What the answer can have. */
  shape: Shape;
  /** Whether it lives at the upload addresses. */
  isUpload?: boolean;
  handle(request: ApiRequest, caller: Caller): object | Promise<object>;
}

/** A method with all that stands before every method: the token, the mailbox, the parameters and `fields`. */
export function routeOf(method: Method, store: MailStore, grants: Grants): Route {
  return {
    method: method.verb,
    path: `${method.isUpload ? '/upload' : ''}/gmail/v1/users/:user${method.path}`,
    handle: async (request) => {
      const caller = authorize(request, grants, method);
      if (request.path.user !== 'me' && request.path.user !== store.address) {
        throw apiError(403, 'forbidden', 'Delegation denied for the given user.');
      }
      checkParameters(request.query, method.parameters ?? {});
      const fields = readFields(request.query.get('fields'), method.shape);
      if (store.quirks.withoutGmail) throw failedPrecondition('Precondition check failed.');
      const answer = await method.handle(request, caller);
      return answer instanceof RawAnswer ? answer : select(answer, fields);
    },
  };
}

import type { Clock } from '../../shared/clock.ts';
import type { Route } from '../http.ts';
import type { Grants } from '../oauth/grants.ts';
import { filterMethods } from '../organise/filter-methods.ts';
import { labelMethods } from '../organise/label-methods.ts';
import { modifyMethods } from '../organise/modify-methods.ts';
import { batchRoute } from '../rest/batch.ts';
import { routeOf } from '../rest/method.ts';
import { Drafts } from '../store/drafts.ts';
import type { MailStore } from '../store/mail-store.ts';
import { draftMethods } from './drafts.ts';
import { readMethods } from './read-methods.ts';
import { sendAsMethods } from './send-as.ts';
import { writeMethods } from './write-methods.ts';

/** The Gmail API, as far as this project's tools use it. */
export function gmailRoutes(store: MailStore, grants: Grants, clock: Clock): Route[] {
  const drafts = new Drafts(store);
  const methods = [
    ...readMethods(store, clock),
    ...writeMethods(store, drafts, clock),
    ...draftMethods(store, drafts, clock),
    ...sendAsMethods(store),
    ...modifyMethods(store),
    ...labelMethods(store),
    ...filterMethods(store),
  ];
  return [batchRoute, ...methods.map((method) => routeOf(method, store, grants))];
}

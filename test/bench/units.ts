import { unitsOf as unitsOfRequest } from '../../src/gmail/connection/units.ts';

/**
 * What calls of the Gmail API cost together, in quota units. A batch costs what the calls in it cost, so it is given as
 * those.
 *
 * @param calls `METHOD /path?query` of each, as the sandbox notes them
 */
export const unitsOf = (calls: readonly string[]): number => calls.reduce((sum, call) => sum + unitsOfCall(call), 0);

function unitsOfCall(call: string): number {
  const [verb = '', address = ''] = call.split(' ');
  const { pathname, searchParams } = new URL(address, 'http://sandbox.invalid');
  // The bytes of an upload that was begun before, which counted then.
  return searchParams.has('upload_id') ? 0 : unitsOfRequest(verb, pathname);
}

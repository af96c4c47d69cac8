/**
 * What the methods of the Gmail API cost of the quota, in units, for projects that are new
 * (https://developers.google.com/workspace/gmail/api/reference/quota): each with the calls that are it, as
 * `METHOD path` below the user's address.
 */
const METHODS: readonly [name: string, call: RegExp, units: number][] = [
  ['messages.list', /^GET messages$/, 5],
  ['messages.get', /^GET messages\/[^/]+$/, 20],
  ['messages.attachments.get', /^GET messages\/[^/]+\/attachments\/[^/]+$/, 20],
  ['messages.modify', /^POST messages\/[^/]+\/modify$/, 5],
  ['messages.trash', /^POST messages\/[^/]+\/(?:un)?trash$/, 20],
  ['messages.batchModify', /^POST messages\/batchModify$/, 50],
  ['messages.send', /^POST messages\/send$/, 100],
  ['threads.get', /^GET threads\/[^/]+$/, 40],
  ['history.list', /^GET history$/, 2],
  ['labels.list', /^GET labels(?:\/[^/]+)?$/, 1],
  ['labels.create', /^POST labels$/, 5],
  ['labels.update', /^(?:PUT|PATCH|DELETE) labels\/[^/]+$/, 5],
  ['drafts.list', /^GET drafts$/, 5],
  ['drafts.get', /^GET drafts\/[^/]+$/, 20],
  ['drafts.create', /^POST drafts$/, 10],
  ['drafts.update', /^PUT drafts\/[^/]+$/, 15],
  ['drafts.delete', /^DELETE drafts\/[^/]+$/, 10],
  ['drafts.send', /^POST drafts\/send$/, 100],
  ['getProfile', /^GET profile$/, 1],
  ['settings.sendAs.list', /^GET settings\/sendAs(?:\/[^/]+)?$/, 1],
];

/** Before what a method is known by: which user's it is, and whether it is an upload. */
const USER = /^(?:\/upload)?\/gmail\/v1\/users\/[^/]+\//;

/**
 * What calls of the Gmail API cost together, in units. A batch costs what the calls in it cost, so it is given as those.
 *
 * @param calls `METHOD /path?query` of each, as the sandbox notes them
 * @throws Error at a method that is not in the table
 */
export const unitsOf = (calls: readonly string[]): number => calls.reduce((sum, call) => sum + unitsOfCall(call), 0);

function unitsOfCall(call: string): number {
  const [verb = '', address = ''] = call.split(' ');
  const { pathname, searchParams } = new URL(address, 'http://sandbox.invalid');
  // The bytes of an upload that was begun before, which counted then.
  if (searchParams.has('upload_id')) return 0;
  const name = `${verb} ${pathname.replace(USER, '')}`;
  const found = METHODS.find(([, pattern]) => pattern.test(name));
  if (!found) throw new Error(`The bench does not know what ${name} costs: add it to test/bench/units.ts.`);
  return found[2];
}

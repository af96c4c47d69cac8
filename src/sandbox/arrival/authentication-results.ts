import addressparser from 'nodemailer/lib/addressparser';
import { headerOf, parseMime } from '../store/mime-tree.ts';

/** What came of a signature (RFC 8601, section 2.7.1). */
export type Verdict = 'pass' | 'fail' | 'temperror';

/**
 * Puts Gmail's `Authentication-Results` (RFC 8601) above the headers of a message. Nothing is computed: each
 * DKIM-Signature (RFC 6376) gets the verdict that it is given, and mail with a signature comes from where it may. Headers
 * of this name that the sender wrote stay below, so that only the first can be believed.
 */
export async function withVerdict(raw: Buffer, dkim: Verdict = 'pass'): Promise<Buffer> {
  const tree = await parseMime(headOf(raw));
  const signatures = tree.headers
    .filter(({ name }) => name?.toLowerCase() === 'dkim-signature')
    .map(({ value }) => tagsOf(value ?? ''))
    .filter((tags) => ['d', 's', 'b'].every((tag) => tags.get(tag)));
  const [sender] = addressparser(headerOf(tree, 'from'), { flatten: true });
  // Whatever stands there as an address must not end the header.
  const from = (sender?.address ?? '').replace(/[^\w.@+-]/g, '');
  const results = [...signatures.map((tags) => dkimResult(tags, dkim)), spfResult(from, signatures.length > 0)];
  const header = ['Authentication-Results: mx.google.com', ...results].join(';\r\n       ');
  return Buffer.concat([Buffer.from(`${header}\r\n`), raw]);
}

/** The headers, up to the first empty line. */
function headOf(raw: Buffer): Buffer {
  const ends = ['\r\n\r\n', '\n\n'].map((end) => raw.indexOf(end)).filter((at) => at >= 0);
  return ends.length > 0 ? raw.subarray(0, Math.min(...ends)) : raw;
}

/** The tags of a signature (RFC 6376, section 3.2). */
function tagsOf(signature: string): Map<string, string> {
  const pairs = signature.split(';').map((pair): [string, string] => {
    const [name = '', ...value] = pair.split('=');
    return [name.trim(), value.join('=').replace(/\s/g, '')];
  });
  return new Map(pairs);
}

/**
 * Gmail names a signature by its identity, `header.i`. One that states none is named by its domain here, `header.d`,
 * which RFC 8601 has for it: who reads the header has to know both.
 */
function dkimResult(tags: ReadonlyMap<string, string>, verdict: Verdict): string {
  const identity = tags.get('i');
  const signer = identity === undefined ? `header.d=${tags.get('d')}` : `header.i=${identity}`;
  // As much of the signature as tells it from others.
  return `dkim=${verdict} ${signer} header.s=${tags.get('s')} header.b=${token(tags.get('b')?.slice(0, 8) ?? '')}`;
}

/** A value as RFC 2045 writes it: `/` and `=` stand between quotes. */
const token = (value: string) => (/^[\w+.-]+$/.test(value) ? value : `"${value}"`);

function spfResult(address: string, isPermitted: boolean): string {
  const [verdict, words] = isPermitted
    ? ['pass', `domain of ${address} designates 203.0.113.7 as permitted sender`]
    : ['none', `${address} does not designate permitted sender hosts`];
  return `spf=${verdict} (google.com: ${words}) smtp.mailfrom=${address}`;
}

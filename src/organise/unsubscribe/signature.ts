/** One header as Gmail gives it, unfolded. */
export interface MessageHeader {
  name: string;
  value: string;
}

/** Whose signature vouches for the headers, or why none does. */
export type Vouching = { signer: string; reason?: undefined } | { signer?: undefined; reason: string };

/** A DKIM-Signature (RFC 6376, section 3.5), as far as it tells which one it is and what it covers. */
interface Signature {
  /** Tag d, in lower case. */
  domain: string;
  /** Tag s. */
  selector: string;
  /** Tag i, or what stands for it where it is absent, in lower case. */
  identity: string;
  /** Tag b, without blanks. */
  value: string;
  /** Tag h, in lower case. */
  covered: readonly string[];
}

/** What a verifier says of a signature (RFC 8601, section 2.7.1; header.b by RFC 6008). */
interface Result {
  isPass: boolean;
  domain: string | undefined;
  identity: string | undefined;
  selector: string;
  beginning: string;
}

/** Whose results count: those of Gmail's own mail exchangers. */
const VERIFIER = /^mx\.google\.com(?:\s+1)?\s*;/i;

/**
 * The results for DKIM, which Gmail writes first. What follows holds the envelope sender, whose words are a stranger's,
 * so that nothing behind the first other method is read, nor anything that a quotation mark could hide.
 */
const DKIM_RESULT =
  /\s*dkim=([a-z]+)((?:\s+(?:\([^()"\\]*\)|header\.[a-z]+=(?:"[A-Za-z\d+/=]+"|[^\s;()"\\]+)))*)\s*(?:;|$)/iy;
const PROPERTY = /\bheader\.([a-z]+)="?([^\s"]+)"?/gi;

/** Fewer characters of a signature do not tell it from others (RFC 6008, section 4). */
const SHORTEST_BEGINNING = 8;

/**
 * Whose DKIM signature covers all these headers (RFC 8058, section 4), by what Gmail found when the message came. Only
 * the topmost Authentication-Results header counts, since those below came with the message (RFC 8601, section 5).
 *
 * @param covered names of headers, in lower case
 */
export function vouchingSignature(headers: readonly MessageHeader[], covered: readonly string[]): Vouching {
  const topmost = valuesOf(headers, 'authentication-results')[0];
  if (topmost === undefined) return { reason: 'Gmail has not noted who signed the message' };
  const results = resultsOf(topmost);
  if (!results) return { reason: 'what is noted of its signature does not come from Gmail' };
  const signatures = valuesOf(headers, 'dkim-signature').map(signatureOf);
  if (!signatures.every((signature) => signature !== undefined)) {
    return { reason: 'one of its signatures is malformed' };
  }
  const valid = results.filter(({ isPass }) => isPass).flatMap((result) => theOne(result, results, signatures) ?? []);
  if (valid.length === 0) return { reason: 'Gmail has found none of its signatures valid' };
  const vouching = valid.find((signature) => covered.every((name) => signature.covered.includes(name)));
  if (!vouching) return { reason: 'its signature does not cover the address, so that anybody could have put it there' };
  return { signer: vouching.domain };
}

/** The values of all headers of that name, in their order. */
export function valuesOf(headers: readonly MessageHeader[], name: string): string[] {
  return headers.flatMap((header) => (header.name.toLowerCase() === name ? [header.value] : []));
}

/** The signature of a result. None where another could be meant: a second one may begin like the valid one. */
function theOne(result: Result, results: readonly Result[], signatures: readonly Signature[]): Signature | undefined {
  const [signature, ...others] = signatures.filter((each) => isMeant(result, each));
  if (!signature || others.length > 0) return undefined;
  return results.every((other) => other.isPass || !isMeant(other, signature)) ? signature : undefined;
}

function isMeant({ domain, identity, selector, beginning }: Result, signature: Signature): boolean {
  if (domain === undefined && identity === undefined) return false;
  return (
    (domain ?? signature.domain) === signature.domain &&
    (identity ?? signature.identity) === signature.identity &&
    selector === signature.selector &&
    signature.value.startsWith(beginning)
  );
}

/** Undefined where they are another verifier's. */
function resultsOf(header: string): Result[] | undefined {
  const text = header.trim();
  const [verifier] = VERIFIER.exec(text) ?? [];
  if (verifier === undefined) return undefined;
  const results: Result[] = [];
  DKIM_RESULT.lastIndex = verifier.length;
  for (let match = DKIM_RESULT.exec(text); match; match = DKIM_RESULT.exec(text)) {
    const [, result = '', rest = ''] = match;
    const properties = [...rest.replace(/\([^()]*\)/g, '').matchAll(PROPERTY)];
    const named = new Map(properties.map(([, name = '', value = '']) => [name.toLowerCase(), value]));
    const { s: selector, b: beginning = '', d, i } = Object.fromEntries(named);
    // One that says something twice, or too little, tells no signature from another.
    if (named.size < properties.length || selector === undefined || beginning.length < SHORTEST_BEGINNING) continue;
    const [domain, identity] = [d?.toLowerCase(), i?.toLowerCase()];
    results.push({ isPass: result.toLowerCase() === 'pass', domain, identity, selector, beginning });
  }
  return results;
}

/** Undefined where it is malformed (RFC 6376, section 3.2). */
function signatureOf(header: string): Signature | undefined {
  const tags = new Map<string, string>();
  for (const spec of header.replace(/;\s*$/, '').split(';')) {
    const [, name, value = ''] = /^\s*([a-z]\w*)\s*=([\s\S]*)$/i.exec(spec) ?? [];
    if (name === undefined || tags.has(name)) return undefined;
    tags.set(name, value.replace(/\s+/g, ''));
  }
  const { d, s: selector, b: value, h, i } = Object.fromEntries(tags);
  if (!d || !selector || !value || !h || !/^[a-z\d.-]+$/i.test(d)) return undefined;
  const domain = d.toLowerCase();
  const identity = (i ?? `@${domain}`).toLowerCase();
  const home = identity.slice(identity.lastIndexOf('@') + 1);
  if (home !== domain && !home.endsWith(`.${domain}`)) return undefined;
  return { domain, selector, identity, value, covered: h.toLowerCase().split(':') };
}

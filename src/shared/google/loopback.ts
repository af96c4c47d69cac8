/** What the URL parser makes of 127.0.0.1, [::1] and localhost. No other spelling of loopback is accepted. */
const LITERAL_HOSTS = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Accepts the base URL of a local stand-in for Google: http or https, a literal loopback host, nothing but an origin.
 * The check reads the raw text as well, because the URL parser turns look-alikes (`http://2130706433`,
 * `http://127.1`, full-width digits) into 127.0.0.1 silently.
 *
 * @returns the origin, without a trailing slash
 * @throws TypeError with one sentence that says what is wrong
 */
export function parseLoopbackOrigin(name: string, value: string): string {
  const refuse = (reason: string) =>
    new TypeError(
      `${name} ${reason}. It may only point at this computer, for example http://127.0.0.1:8080; ` +
        'remove it to use Google itself.',
    );
  const raw = value.trim();
  let url: URL;
  try {
    url = new URL(raw);
  } catch {
    throw refuse('is not a URL');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refuse('is not an http or https address');
  if (url.username !== '' || url.password !== '' || raw.includes('@')) throw refuse('has a user part');
  const writtenHost = /^https?:\/\/(\[[^\]]*\]|[^/:?#]*)/i.exec(raw)?.[1]?.toLowerCase();
  if (!LITERAL_HOSTS.has(url.hostname) || writtenHost !== url.hostname) {
    throw refuse('names a host other than 127.0.0.1, [::1] or localhost');
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') throw refuse('has more than a host and a port');
  return url.origin;
}

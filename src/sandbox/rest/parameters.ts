import { badField } from '../google-error.ts';

/** What a query parameter holds. */
type Kind = 'string' | 'uint32' | 'uint64' | 'bool';
export type Parameters = Readonly<Record<string, Kind>>;

/** Those of every method (https://cloud.google.com/apis/docs/system-parameters). */
const SYSTEM: Parameters = {
  ...{ '$.xgafv': 'string', access_token: 'string', alt: 'string', callback: 'string', fields: 'string' },
  ...{ key: 'string', oauth_token: 'string', prettyPrint: 'bool', quotaUser: 'string' },
};

/** Those of an upload. */
export const UPLOAD: Parameters = { uploadType: 'string', upload_protocol: 'string', upload_id: 'string' };

const PAGE: Parameters = { maxResults: 'uint32', pageToken: 'string' };
const FORMAT: Parameters = { format: 'string', metadataHeaders: 'string' };

/** The query parameters of the methods that have some. */
export const PARAMETERS = {
  list: { ...PAGE, q: 'string', labelIds: 'string', includeSpamTrash: 'bool' },
  drafts: { ...PAGE, q: 'string', includeSpamTrash: 'bool' },
  get: FORMAT,
  draft: { format: 'string' },
  history: { ...PAGE, startHistoryId: 'uint64', labelId: 'string', historyTypes: 'string' },
} satisfies Record<string, Parameters>;

const FITS: Record<Kind, (value: string) => boolean> = {
  string: () => true,
  uint32: (value) => /^\d{1,10}$/.test(value) && Number(value) < 2 ** 32,
  uint64: (value) => /^\d{1,20}$/.test(value),
  bool: (value) => value === 'true' || value === 'false',
};

/**
 * Checks the query of a call: Google's servers take no parameter that the method does not have, and no value that does
 * not fit it.
 *
 * @throws GoogleError 400
 */
export function checkParameters(query: URLSearchParams, own: Parameters): void {
  for (const [name, value] of query) {
    const kind = Object.hasOwn(own, name) ? own[name] : Object.hasOwn(SYSTEM, name) ? SYSTEM[name] : undefined;
    if (!kind) {
      throw badField(
        `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. ` +
          `Field '${name}' could not be found in request message.`,
      );
    }
    if (!FITS[kind](value)) {
      throw badField(
        `Invalid value at '${inSnakeCase(name)}' (TYPE_${kind.toUpperCase()}), "${value}"`,
        inSnakeCase(name),
      );
    }
  }
}

const inSnakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

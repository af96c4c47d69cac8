/** What Gmail answered. */
export interface Answer {
  status: number;
  text: string;
  /** The parsed JSON; an empty object where it is none. */
  json: Json;
}

/** JSON of which nothing is known. */
export interface Json {
  [field: string]: Json | Json[] | string | number | boolean | undefined;
}

/** Plain HTTP to one mailbox: no library stands between what Google answers and what is looked at. */
export class Api {
  readonly #origin: string;
  readonly #token: string;

  /** @param token never leaves this object but in the Authorization header */
  constructor(origin: string, token: string) {
    this.#origin = origin;
    this.#token = token;
  }

  /** @param path below the mailbox, encoded */
  get(path: string, bearer?: string): Promise<Answer> {
    return this.request('GET', `/gmail/v1/users/me${path}`, { bearer });
  }

  write(method: string, path: string, body: object): Promise<Answer> {
    const headers = { 'content-type': 'application/json' };
    return this.request(method, `/gmail/v1/users/me${path}`, { headers, body: JSON.stringify(body) });
  }

  /** @param bearer in place of the token; '' for none at all */
  async request(
    method: string,
    path: string,
    options: { headers?: Record<string, string>; body?: string | undefined; bearer?: string | undefined },
  ): Promise<Answer> {
    const bearer = options.bearer ?? this.#token;
    const response = await fetch(`${this.#origin}${path}`, {
      method,
      headers: { ...options.headers, ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) },
      ...(options.body === undefined ? {} : { body: options.body }),
      redirect: 'error',
    });
    const text = await response.text();
    return { status: response.status, text, json: parse(text) };
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return {};
  }
}

/** What stands at a path such as `payload.headers.0.name`; undefined where nothing does. */
export function at(json: Json, path: string): Json | Json[] | string | number | boolean | undefined {
  let value: unknown = json;
  for (const name of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[name];
  return value as ReturnType<typeof at>;
}

/** The list at a path; empty where there is none. */
export function listAt(json: Json, path: string): Json[] {
  const value = at(json, path);
  return Array.isArray(value) ? value : [];
}

/** The text at a path; '' where there is none. */
export function textAt(json: Json, path: string): string {
  const value = at(json, path);
  return typeof value === 'string' ? value : '';
}

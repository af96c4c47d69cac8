import { type Api, type Json, listAt, textAt } from './api.ts';

/** How many of the newest messages are looked at. */
const MOST = 60;

/** Messages of the mailbox to try things on. */
export interface Samples {
  /** As messages.get gives them in the format full, newest first. */
  messages: Json[];
}

/** Reads the newest messages, and a few that carry what is rare. */
export async function takeSamples(api: Api): Promise<Samples> {
  const messages: Json[] = [];
  const seen = new Set<string>();
  for (const q of ['', 'filename:eml', 'cc:me', 'charset', 'in:sent']) {
    const { json } = await api.get(
      `/messages?${new URLSearchParams({ maxResults: String(MOST), ...(q ? { q } : {}) })}`,
    );
    for (const { id } of listAt(json, 'messages').slice(0, q ? 10 : MOST)) {
      if (typeof id !== 'string' || seen.has(id)) continue;
      seen.add(id);
      messages.push((await api.get(`/messages/${id}`)).json);
    }
  }
  return { messages };
}

/** The value of a header, by its name in any case; '' where there is none. */
export function headerOf(part: Json, name: string): string {
  const found = listAt(part, 'headers').find((header) => textAt(header, 'name').toLowerCase() === name);
  return found ? textAt(found, 'value') : '';
}

/** A message and all its parts. */
export function partsOf(part: Json): Json[] {
  return [part, ...listAt(part, 'parts').flatMap(partsOf)];
}

/** The first message, or part of one, that suits. */
export function findPart(
  { messages }: Samples,
  suits: (part: Json) => boolean,
): { message: Json; part: Json } | undefined {
  for (const message of messages) {
    const part = partsOf(message.payload as Json).find(suits);
    if (part) return { message, part };
  }
  return undefined;
}

/** The Message-ID of a message without its brackets; '' where it has none. */
export const messageIdOf = (message: Json): string =>
  headerOf(message.payload as Json, 'message-id')
    .trim()
    .replace(/^<|>$/g, '');

import { createHash } from 'node:crypto';
import { Problem } from '../shared/problems.ts';

/** What a cursor belongs to. Handed to anything else it is refused. */
export interface CursorOwner {
  /** The tool that gave it out. */
  kind: string;
  /** The account's address, or another name for it that stays the same. */
  account: string;
  /** All that was asked for; '' where the tool takes nothing. */
  query: string;
}

/** Where a list goes on. */
export interface CursorPlace {
  /** Gmail's page token, or a history id; absent at the beginning. */
  position?: string | undefined;
  /** How many entries from there are passed over. */
  offset: number;
}

interface Packed {
  v: number;
  k: string;
  a: string;
  q: string;
  p?: string;
  o: number;
}

const VERSION = 1;

/** Longer ones were never given out, in characters. */
const LONGEST = 4096;

const digest = (text: string, length: number) => createHash('sha256').update(text).digest('base64url').slice(0, length);

/**
 * Writes an opaque cursor for a tool's result: base64url of JSON and a checksum. It is neither secret nor signed, and
 * leads nowhere that its bearer could not go without it; the checksum shows when a model has copied it wrongly.
 */
export function encodeCursor({ kind, account, query }: CursorOwner, { position, offset }: CursorPlace): string {
  const packed: Packed = {
    v: VERSION,
    k: kind,
    a: digest(account, 8),
    q: digest(query, 12),
    ...(position === undefined ? {} : { p: position }),
    o: offset,
  };
  const text = Buffer.from(JSON.stringify(packed)).toString('base64url');
  return `${text}.${digest(text, 8)}`;
}

/**
 * Reads a cursor that was given out for the same owner.
 *
 * @throws Problem `cursor_wrong` for any other
 */
export function decodeCursor(cursor: string, owner: CursorOwner): CursorPlace {
  const refuse = (reason: string) => Problem.of('cursor_wrong', { reason });
  const [text = '', checksum, ...more] = cursor.length > LONGEST ? [] : cursor.trim().split('.');
  if (more.length > 0 || checksum !== digest(text, 8)) throw refuse('it is damaged, or was not copied whole');
  const packed = unpack(text);
  if (!packed) throw refuse('another version of this server gave it out');
  if (packed.k !== owner.kind) throw refuse('it belongs to another tool');
  if (packed.a !== digest(owner.account, 8)) throw refuse('it belongs to another account');
  if (packed.q !== digest(owner.query, 12)) throw refuse('it belongs to a call with other arguments');
  return { ...(packed.p === undefined ? {} : { position: packed.p }), offset: packed.o };
}

function unpack(text: string): Packed | undefined {
  try {
    const packed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return isPacked(packed) ? packed : undefined;
  } catch {
    return undefined;
  }
}

function isPacked(value: unknown): value is Packed {
  if (typeof value !== 'object' || value === null) return false;
  const { v, k, a, q, p, o } = value as Record<keyof Packed, unknown>;
  return (
    v === VERSION &&
    [k, a, q].every((field) => typeof field === 'string') &&
    (p === undefined || typeof p === 'string') &&
    Number.isSafeInteger(o) &&
    (o as number) >= 0
  );
}

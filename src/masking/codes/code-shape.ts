import { DOTS } from './digits.ts';

export interface CodeShape {
  /**
   * Only digits, digits after a few letters (`G-482913`), letters and digits among one another, or more of these than
   * anybody types, which hashes and the numbers of parcels look like too.
   */
  kind: 'digits' | 'prefixed' | 'mixed' | 'long';
  /** The letters and digits alone. */
  value: string;
  /** Looks like a year or a short date as well. */
  likeDate: boolean;
  /** Letters and digits change more than once, as no product name or promotion does. */
  random: boolean;
  /** Its halves stand in cells or lines of their own, or have a dot between them, as other numbers do. */
  halves?: boolean;
}

/** How many digits each group of a code has; telephones, cards and dates are grouped in other ways. */
const GROUPS = new Set(['3 3', '4 4', '2 2', '2 2 2', '3 3 3', '2 2 2 2', '5 5', '6 6']);

/** What may stand between groups instead of a blank. */
const SPLIT = new RegExp(String.raw`\s*\|\s*(?:-\s*\|\s*)?|\s*[${DOTS}]\s*|\s{2,4}|\n`, 'g');
const HALVES = new RegExp(String.raw`\d\d\s*[|\n${DOTS}]`);

/** Reads a word or a run of digits as a code; undefined where no service writes its codes like this. */
export function shapeOf(written: string): CodeShape | undefined {
  if (written.length > 48) return undefined;
  const raw = written
    .normalize('NFKC')
    .replace(/\p{Cf}|\ufe0f|\u20e3/gu, '')
    .replace(SPLIT, ' ');
  const value = raw.replace(/[^a-z\d]/gi, '');
  if (/^\d+$/.test(value)) {
    const shape = digits(raw, value);
    return shape && HALVES.test(written) ? { ...shape, halves: true } : shape;
  }
  if (/^[A-Z]{1,3}-\d{4,8}$/.test(raw)) return { kind: 'prefixed', value, likeDate: false, random: false };
  if (!/\d/.test(value)) return undefined;
  const dashed = raw.includes('-');
  const changes = value.match(/\d(?=\D)|\D(?=\d)/g)?.length ?? 0;
  if (isLong(raw, value, dashed) && changes > 2) return { kind: 'long', value, likeDate: false, random: false };
  if (dashed ? !/^[a-z\d]{3,6}(?:-[a-z\d]{3,6}){1,4}$/i.test(raw) : value.length < 5 || value.length > 10) {
    return undefined;
  }
  return { kind: 'mixed', value, likeDate: false, random: changes > 1 };
}

function isLong(raw: string, value: string, dashed: boolean): boolean {
  return dashed ? /^[A-Z\d]{2,8}(?:-[A-Z\d]{3,8}){5,7}$/.test(raw) : value.length > 10 && value.length <= 40;
}

function digits(raw: string, value: string): CodeShape | undefined {
  const groups = raw.split(/[\s-]/).map((group) => group.length);
  const single = groups.length === 1 && value.length >= 4 && value.length <= 10;
  const spaced = groups.length >= 4 && groups.length <= 10 && groups.every((length) => length === 1);
  if (!single && !spaced && !GROUPS.has(groups.join(' '))) return undefined;
  const year = single && /^(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]))?$/.test(value);
  const date = groups.join(' ') === '2 2 2' && raw.includes('-');
  return { kind: 'digits', value, likeDate: year || date, random: false };
}

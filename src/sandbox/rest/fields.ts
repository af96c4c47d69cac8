import { invalidFields } from '../google-error.ts';
import type { Shape } from './answer-shapes.ts';

/** What a `fields` parameter selects of an object: whole fields, or parts of them. `*` stands for every field. */
type Mask = Map<string, Mask | 'whole'>;

/** Masks nest no deeper: the sandbox's own choice. */
const DEEPEST = 200;

/**
 * Reads a `fields` parameter such as `a,b/c,d(e,f(g)),*`
 * (https://developers.google.com/workspace/gmail/api/guides/performance#partial).
 *
 * @returns undefined where nothing is selected, which means everything
 * @throws GoogleError 400 where it is malformed or selects what the shape does not have
 */
export function readFields(fields: string | null, shape: Shape): Mask | undefined {
  if (!fields?.trim()) return undefined;
  const before = lastRead.get(shape);
  if (before?.fields === fields) return before.mask;
  const tokens = fields.match(/[(),/]|[^(),/\s]+/g) ?? [];
  const reader = new MaskReader(tokens, fields);
  const mask = reader.list(0);
  reader.end();
  const wrong = firstUnknown(mask, shape);
  if (wrong !== undefined) throw invalidFields(wrong);
  lastRead.set(shape, { fields, mask });
  return mask;
}

/** The calls of a batch mostly ask for the same. */
const lastRead = new WeakMap<Shape, { fields: string; mask: Mask }>();

class MaskReader {
  readonly #tokens: readonly string[];
  readonly #source: string;
  #at = 0;

  constructor(tokens: readonly string[], source: string) {
    this.#tokens = tokens;
    this.#source = source;
  }

  list(depth: number): Mask {
    const mask: Mask = new Map();
    do this.#path(mask, depth);
    while (this.#take(','));
    return mask;
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw invalidFields(this.#source);
  }

  /** Reads `a`, `a/b` or `a(b,c)` into the mask. */
  #path(mask: Mask, depth: number): void {
    const name = this.#tokens[this.#at] ?? '';
    if (depth > DEEPEST || !/^(\*|\w+)$/.test(name)) throw invalidFields(this.#source);
    this.#at += 1;
    if (this.#take('/')) {
      const inner: Mask = new Map();
      this.#path(inner, depth + 1);
      merge(mask, new Map([[name, inner]]));
    } else if (this.#take('(')) {
      merge(mask, new Map([[name, this.list(depth + 1)]]));
      if (!this.#take(')')) throw invalidFields(this.#source);
    } else {
      mask.set(name, 'whole');
    }
  }

  #take(token: string): boolean {
    const taken = this.#tokens[this.#at] === token;
    if (taken) this.#at += 1;
    return taken;
  }
}

/** Adds what another mask selects; that one stays as it is. */
function merge(into: Mask, from: Mask): void {
  for (const [field, part] of from) {
    const known = into.get(field);
    if (part === 'whole') into.set(field, part);
    else if (known !== 'whole') {
      const inner: Mask = known ?? new Map();
      merge(inner, part);
      into.set(field, inner);
    }
  }
}

/** The first selected field that there is not. Below a wildcard it is enough that one of the fields has it. */
function firstUnknown(mask: Mask, shape: Shape): string | undefined {
  for (const [name, inner] of mask) {
    const fields = name === '*' ? Object.values(shape) : Object.hasOwn(shape, name) ? [shape[name]] : [];
    if (fields.length === 0) return name;
    if (inner === 'whole') continue;
    const wrong = fields.map((field) => (field ? firstUnknown(inner, field) : [...inner.keys()][0]));
    if (!wrong.includes(undefined)) return wrong[0];
  }
  return undefined;
}

/** What a mask leaves of an answer. Objects stay, even where nothing is left of them. */
export function select(answer: object, mask: Mask | undefined): object {
  if (!mask) return answer;
  const kept = Object.entries(answer).flatMap(([name, value]): [string, unknown][] => {
    const selections = [mask.get(name), mask.get('*')].filter((selection) => selection !== undefined);
    if (selections.includes('whole')) return [[name, value]];
    const hasFields = typeof (Array.isArray(value) ? value[0] : value) === 'object';
    return selections.length > 0 && hasFields ? [[name, selectInner(value, union(selections))]] : [];
  });
  return Object.fromEntries(kept);
}

function union(selections: readonly (Mask | 'whole')[]): Mask {
  const mask: Mask = new Map();
  for (const selection of selections) if (selection !== 'whole') merge(mask, selection);
  return mask;
}

function selectInner(value: object, mask: Mask): object {
  return Array.isArray(value) ? value.map((item) => select(item, mask)) : select(value, mask);
}

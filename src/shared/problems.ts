import { type Audience, CATALOGUE, type Explanation } from './problem-catalogue.ts';

type Catalogue = typeof CATALOGUE;
export type ProblemCode = keyof Catalogue;
type FactsOf<C extends ProblemCode> = Parameters<Catalogue[C]>[0] extends undefined
  ? Record<string, never>
  : Parameters<Catalogue[C]>[0];

export interface WireProblem {
  code: string;
  facts: object;
  details?: string | undefined;
}

/** An error that a user or a model may meet. Its message never holds a secret: the facts are short, known words. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  /** What Google said, word for word, where it said something. */
  readonly details: string | undefined;
  readonly #facts: object;

  private constructor(code: ProblemCode, facts: object, details: string | undefined) {
    super(code);
    this.code = code;
    this.#facts = facts;
    this.details = details;
  }

  static of<C extends ProblemCode>(code: C, facts: FactsOf<C>, details?: string): Problem {
    return new Problem(code, facts as object, details);
  }

  /** What crosses the broker. */
  toWire(): WireProblem {
    return { code: this.code, facts: this.#facts, ...(this.details === undefined ? {} : { details: this.details }) };
  }

  /** A problem of the other side; an unknown code becomes `internal`. */
  static fromWire({ code, facts, details }: WireProblem): Problem {
    return Object.hasOwn(CATALOGUE, code)
      ? new Problem(code as ProblemCode, facts, details)
      : Problem.of('internal', { reason: 'The editor answered with an unknown error.' });
  }

  /** Its words for everybody, for a problem that tells of it. */
  words(): Record<Audience, Explanation> {
    return {
      arguments: this.explain('arguments'),
      environment: this.explain('environment'),
      editor: this.explain('editor'),
      person: this.explain('person'),
    };
  }

  explain(where: Audience): Explanation {
    // The facts were checked against this very code in `of`.
    const entry = CATALOGUE[this.code] as (facts: never, where: Audience) => Explanation;
    return entry(this.#facts as never, where);
  }
}

/** Turns whatever was thrown into a Problem. An unknown error keeps its name alone: its message may hold anything. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Error && error.name === 'AbortError') return Problem.of('cancelled', {});
  const name = error instanceof Error ? error.name : typeof error;
  return Problem.of('internal', { reason: `Unexpected ${name}.` });
}

/** The three sentences as one line of text. */
export function sentence({ what, why, next }: Explanation): string {
  return `${what} ${why} ${next}`;
}

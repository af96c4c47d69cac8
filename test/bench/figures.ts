/** What several measured values say together, in their own unit. */
export interface Spread {
  min: number;
  /** The first quartile. */
  q1: number;
  median: number;
  /** The third quartile. */
  q3: number;
  /** Of how many values. */
  count: number;
}

/**
 * The spread of at least one value. What lies between two values is interpolated (type 7 of Hyndman and Fan, Sample
 * Quantiles in Statistical Packages, 1996).
 *
 * @throws RangeError where there is no value
 */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) throw new RangeError('There is no value.');
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const place = (sorted.length - 1) * share;
    const [below = 0, above = below] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return below + (above - below) * (place % 1);
  };
  return { min: at(0), q1: at(0.25), median: at(0.5), q3: at(0.75), count: sorted.length };
}

/** A value with as many digits as one reads: none behind the point from 100 on. */
export const shown = (value: number): string => value.toFixed(value < 100 ? 1 : 0);

/** `median (min; q1–q3)`; a dash where nothing was measured. */
export function spreadText(spread: Spread | undefined): string {
  if (!spread) return '–';
  const { min, q1, median, q3 } = spread;
  return `${shown(median)} (${shown(min)}; ${shown(q1)}–${shown(q3)})`;
}

/** Milliseconds from the start of the work to its end. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export type Cell = string | number;

/** Rows as a table of text with aligned columns, named by the first row's fields; the first column stands to the left. */
export function tableOf(rows: readonly Record<string, Cell>[]): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = [names, ...rows.map((row) => names.map((name) => String(row[name] ?? '')))];
  const widths = names.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const rule = widths.map((width) => '-'.repeat(width));
  const write = (line: readonly string[]) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return [names, rule, ...lines.slice(1)].map(write).join('\n');
}

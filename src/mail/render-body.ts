import type { Segment } from './quotes/segments.ts';

export interface RenderOptions {
  /** Show quotes, signatures and links whole. */
  unfold: boolean;
}

/** The text of a mail as one string: quoted mail and signatures as one line each, unless they are unfolded. */
export function renderBody({ segments }: { segments: readonly Segment[] }, { unfold }: RenderOptions): string {
  return segments.map((segment) => (unfold ? segment.fullText : folded(segment))).join('\n\n');
}

function folded({ kind, text }: Segment): string {
  if (kind === 'text') return text;
  const lines = countLines(text);
  if (kind === 'quote') return `[${lines} quoted ${lines === 1 ? 'line' : 'lines'} folded]`;
  return lines > 1 ? `[signature of ${lines} lines folded]` : text;
}

/** The lines that are not empty, the signs of quotes aside. */
function countLines(text: string): number {
  return text.split('\n').filter((line) => /[^>\s]/.test(line)).length;
}

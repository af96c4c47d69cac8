import type { ActivationFigures } from './activation.ts';
import type { CallFigures, PhaseFigures } from './calls.ts';
import { comparisonOf } from './comparison.ts';
import { EARLIER, NOW } from './contenders.ts';
import { type Cell, type Spread, shown, spreadText, tableOf } from './figures.ts';
import type { FileSize } from './sizes.ts';
import type { SoakFigures } from './soak.ts';
import type { StartFigures } from './starts.ts';

/** Everything that was measured in one run but a soak, as the JSON has it. */
export interface Figures {
  /** When it ended, as ISO 8601. */
  at: string;
  node: string;
  /** Of the computer's processors, one each. */
  processors: string[];
  rounds: number;
  starts: StartFigures[];
  calls: CallFigures[];
  sizes: FileSize[];
  /** Where it was asked for: of the extension, and of the earlier one where there is one. */
  activation: readonly ActivationFigures[];
  /** What V8 takes for the earlier server, where there is one, in milliseconds. */
  earlierCompiled?: Spread;
}

/** What was measured, as tables for people. */
export function reportOf(figures: Figures): string {
  const { starts, calls, sizes, activation } = figures;
  const latencies = [...new Set(calls.map(({ latency }) => latency))];
  const parts: [string, string][] = [
    ['Start to tools/list, in ms: median (least; quartiles)', tableOf(starts.map(startRow))],
    ['Memory, in MB', tableOf(starts.flatMap(memoryRow))],
    ...latencies.map((latency): [string, string] => [
      `Calls with ${latency} ms added to each HTTP request, in ms; first | warm; alone: the same requests made bare`,
      tableOf(calls.filter((call) => call.latency === latency).map(callRow)),
    ]),
    ['Sizes, in KB', tableOf(sizes.map(({ file, kilobytes }) => ({ file, KB: shown(kilobytes) })))],
  ];
  const [activated] = activation;
  if (activated) {
    const row = { extension: spreadText(activated.extension), 'a small one of VS Code': spreadText(activated.control) };
    parts.push(['Activation, as VS Code says, in ms', tableOf([row])]);
  }
  const compared = comparisonOf(figures, NOW, EARLIER);
  if (compared.length > 0)
    parts.push(['Against the earlier version, in ms where nothing else is said', tableOf(compared)]);
  if (figures.earlierCompiled) {
    const row = { "V8 compiles the earlier version's dist/server.js": spreadText(figures.earlierCompiled) };
    parts.push(['How fast this computer is, in ms', tableOf([row])]);
  }
  return parts.map(([title, table]) => `\n${title}\n\n${table}\n`).join('');
}

/** One line of a soak, as it goes on. */
export const soakLine = ({ calls, resident }: SoakFigures): string =>
  `${String(calls).padStart(6)} calls: ${shown(resident)} MB`;

const startRow = ({ contender, start, ratio, tokens }: StartFigures): Record<string, Cell> => ({
  contender,
  start: spreadText(start),
  'times node -e 0': ratio.toFixed(1),
  'tokens of the list': tokens ?? '–',
});

function memoryRow({ contender, memory }: StartFigures): Record<string, Cell>[] {
  if (!memory) return [];
  const { listed, settled, peak } = memory;
  return [
    {
      contender,
      'after tools/list': spreadText(listed),
      '2 s later': spreadText(settled),
      'at most': spreadText(peak),
    },
  ];
}

const pair = (first: Cell, warm: Cell): string => `${first} | ${warm}`;

const callRow = ({ contender, task, first, warm, latency, tokens }: CallFigures): Record<string, Cell> => ({
  call: `${contender}: ${task}`,
  first: spreadText(first.time),
  warm: spreadText(warm.time),
  ...(latency > 0
    ? {
        "in requests' time": pair(inRequests(first, oneAlone(first)), inRequests(warm, oneAlone(warm))),
        [`in ${latency} ms`]: pair(inRequests(first, latency), inRequests(warm, latency)),
      }
    : {}),
  alone: pair(alone(first), alone(warm)),
  'warm over it': warm.bare ? shown(warm.time.median - warm.bare.median) : '–',
  HTTP: pair(first.requests, warm.requests),
  units: pair(first.units, warm.units),
  tokens,
});

/** How many requests one could have waited for, one after the other, by what one takes in milliseconds. */
const inRequests = ({ time }: PhaseFigures, request: number | undefined): string =>
  request ? (time.median / request).toFixed(1) : '–';

/** What a request took alone in this run, on this computer: more than what was added to it. */
const oneAlone = ({ bare, waves }: PhaseFigures): number | undefined => bare && bare.median / waves;

const alone = ({ bare }: PhaseFigures): string => (bare ? shown(bare.median) : '–');

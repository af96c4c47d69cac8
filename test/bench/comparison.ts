import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { ActivationFigures } from './activation.ts';
import type { CallFigures, PhaseFigures } from './calls.ts';
import { type Cell, type Spread, shown, spreadOf } from './figures.ts';
import type { StartFigures } from './starts.ts';

/** An earlier version of the extension, packaged in a checkout of its own. */
export interface EarlierBuild {
  /** What Node.js runs. */
  server: string;
  vsix: string;
}

/** @throws Error where `npm ci && npm run package` has not been run in the folder */
export function earlierBuild(folder: string): EarlierBuild {
  const server = path.resolve(folder, 'dist/server.js');
  const vsix = existsSync(server) && readdirSync(folder).find((file) => /^headless-gmail-.*\.vsix$/.test(file));
  if (!vsix) {
    throw new Error(
      `${folder} holds no packaged version. Run \`npm ci && npm run package\` in a checkout of it first.`,
    );
  }
  return { server, vsix: path.resolve(folder, vsix) };
}

/** Says how long V8 takes to compile the file that is named, in milliseconds. */
const COMPILE = `
  const text = require('node:fs').readFileSync(process.argv[1], 'utf8');
  const begun = performance.now();
  new (require('node:vm').Script)('(function (exports, require, module) {' + text + '})').runInThisContext();
  console.log(performance.now() - begun);
`;

/**
 * How fast this computer is: what V8 takes, each time in a fresh process, for a file that stays the same while the server
 * changes.
 */
export function compileTimes(file: string, times: number): Spread {
  const node = () => execFileSync(process.execPath, ['-e', COMPILE, file], { encoding: 'utf8' });
  return spreadOf(Array.from({ length: times }, () => Number(node())));
}

interface Compared {
  starts: readonly StartFigures[];
  calls: readonly CallFigures[];
  /** Of the extension now, and of the earlier one. */
  activation: readonly ActivationFigures[];
}

/**
 * What is measured of the server and of the earlier one alike, and the share of the earlier figure that is left: it
 * means the same on a slow computer and on a fast one.
 *
 * @param now the name of the server among the contenders
 * @param before that of the earlier one
 */
export function comparisonOf(
  { starts, calls, activation }: Compared,
  now: string,
  before: string,
): Record<string, Cell>[] {
  const [start, earlierStart] = [now, before].map((name) => starts.find(({ contender }) => contender === name));
  const rows = calls.flatMap((call) => {
    const earlier = calls.find((each) => each.contender === before && isSameCall(each, call));
    return call.contender === now && earlier ? callRows(call, earlier) : [];
  });
  const [activated, earlierActivated] = activation;
  return [
    ...row('start to tools/list', start?.start.median, earlierStart?.start.median),
    ...row('memory after it, MB', start?.memory?.listed.median, earlierStart?.memory?.listed.median),
    ...row('memory 2 s later, MB', start?.memory?.settled.median, earlierStart?.memory?.settled.median),
    ...rows,
    ...row('activation', activated?.extension.median, earlierActivated?.extension.median),
    ...row('activation of a small one of VS Code', activated?.control.median, earlierActivated?.control.median),
  ];
}

const isSameCall = (one: CallFigures, other: CallFigures): boolean =>
  one.task === other.task && one.latency === other.latency;

function callRows(now: CallFigures, before: CallFigures): Record<string, Cell>[] {
  const name = `${now.task}, ${now.latency} ms`;
  return [
    ...row(`${name}: first`, now.first.time.median, before.first.time.median),
    ...row(`${name}: warm`, now.warm.time.median, before.warm.time.median),
    ...row(`${name}: warm, over its requests`, overRequests(now.warm), overRequests(before.warm)),
  ];
}

const overRequests = ({ time, bare }: PhaseFigures): number | undefined => bare && time.median - bare.median;

function row(what: string, now: number | undefined, before: number | undefined): Record<string, Cell>[] {
  if (now === undefined || before === undefined) return [];
  return [{ what, now: shown(now), before: shown(before), left: `${Math.round((100 * now) / before)} %` }];
}

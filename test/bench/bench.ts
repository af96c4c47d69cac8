/**
 * `npm run bench`: what the server takes, side by side with controls in the same run. Nothing is asserted.
 *
 *   --rounds N     how often each is measured, in turn (default 3; with latency every other time)
 *   --only TEXT    of the calls, those alone whose name holds this text, in every round at each latency
 *   --json FILE    where the figures go as JSON (by default into the system's folder for temporary files)
 *   --activation   also how long the extension takes to activate in the workbench (Linux on x64)
 *   --against DIR  also an earlier version: a checkout in which `npm ci && npm run package` has been run
 *   --soak         only 10,000 calls of one server, and its memory meanwhile (Linux)
 */
import { writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { vsixFile } from '../workbench/support/fixture.ts';
import { type ActivationFigures, measureActivation } from './activation.ts';
import { BareRequests, CallRow } from './calls.ts';
import { compileTimes, earlierBuild } from './comparison.ts';
import { type Contenders, makeContenders } from './contenders.ts';
import { openMailbox } from './mailbox.ts';
import { type Figures, reportOf, soakLine } from './report.ts';
import { sizes } from './sizes.ts';
import { soak } from './soak.ts';
import { Starts } from './starts.ts';
import { EARLIER_TASKS, EMPTY_TASKS, NAIVE_TASKS, TASKS, type Task } from './tasks.ts';

/** What each HTTP request takes longer, in milliseconds: nothing, and about what one to Google takes. */
const LATENCIES = [0, 80] as const;

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    json: { type: 'string', default: path.join(tmpdir(), 'headless-gmail-bench.json') },
    activation: { type: 'boolean', default: false },
    against: { type: 'string' },
    soak: { type: 'boolean', default: false },
  },
});
const rounds = Number(options.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError('--rounds takes a whole number from 1.');

const isWanted = ({ name }: Task) => name.includes(options.only);
if (!TASKS.some(isWanted)) {
  throw new RangeError(`--only takes a part of one of these names: ${TASKS.map(({ name }) => name).join('; ')}.`);
}

const earlier = options.against === undefined ? undefined : earlierBuild(options.against);
const contenders = await makeContenders(earlier?.server);
try {
  const figures = options.soak ? await measureSoak(contenders) : await measureAll(contenders);
  writeFileSync(options.json, `${JSON.stringify(figures, undefined, 2)}\n`);
  console.log(`\nAs JSON: ${options.json}`);
} finally {
  await contenders.close();
}

async function measureSoak({ server }: Contenders) {
  return soak(server, (figures) => console.log(soakLine(figures)));
}

async function measureAll(contenders: Contenders): Promise<Figures> {
  const { server, uncached, empty, naive, earlier: earlierServer } = contenders;
  const { sandbox } = await openMailbox(0);
  const starts = new Starts([uncached, server, empty, naive, ...(earlierServer ? [earlierServer] : [])], sandbox);
  const bare = new BareRequests();
  const rows = LATENCIES.flatMap((latency) => [
    ...TASKS.filter(isWanted).map((task) => new CallRow(server, task, latency)),
    ...NAIVE_TASKS.filter(isWanted).map((task) => new CallRow(naive, task, latency)),
    ...EMPTY_TASKS.filter(isWanted).map((task) => new CallRow(empty, task, latency)),
    ...(earlierServer ? EARLIER_TASKS.filter(isWanted).map((task) => new CallRow(earlierServer, task, latency)) : []),
  ]);
  try {
    await starts.warmUp();
    for (let round = 1; round <= rounds; round += 1) {
      process.stderr.write(`Round ${round} of ${rounds}\n`);
      await starts.round();
      for (const latency of LATENCIES) {
        // What takes long and differs little is measured in every other round.
        if (latency > 0 && round % 2 === 0 && options.only === '') continue;
        const measured = rows.filter((row) => row.latency === latency);
        await callRound(measured, latency, bare);
      }
    }
  } finally {
    bare.close();
    await sandbox.close();
  }
  const activation: ActivationFigures[] = [];
  // One after the other: two workbenches at once would wait for each other.
  for (const file of options.activation ? [vsixFile(), ...(earlier ? [earlier.vsix] : [])] : []) {
    activation.push(await measureActivation(file, rounds * 3));
  }
  const figures: Figures = {
    ...{ at: new Date().toISOString(), node: process.version, processors: cpus().map(({ model }) => model), rounds },
    starts: starts.figures(),
    calls: rows.map((row) => row.figures()),
    sizes: sizes(),
    activation,
    ...(earlier ? { earlierCompiled: compileTimes(earlier.server, rounds * 3) } : {}),
  };
  console.log(reportOf(figures));
  return figures;
}

/**
 * Each call once, on a mailbox of its own, so that what one round changed is not there in the next. The sandbox answers
 * slower at first, which the requests made bare, being later, do not meet: so the first call comes once before, unmeasured.
 */
async function callRound(rows: readonly CallRow[], latency: number, bare: BareRequests): Promise<void> {
  const mailbox = await openMailbox(latency);
  const [first] = rows;
  try {
    if (first) await new CallRow(first.contender, first.task, latency).round(mailbox, bare);
    for (const row of rows) await row.round(mailbox, bare);
  } finally {
    await mailbox.sandbox.close();
  }
}

/** `./rexian bench NAME`: text for people, then one line of JSON. Exit code 1 when a target is missed, 2 on wrong usage. */
import { acd } from './acd.ts';
import { answer, type BenchResult } from './answer.ts';
import { chaos } from './chaos.ts';
import { isMissed, targetTable } from './figures.ts';
import { flow } from './flow.ts';
import { flowEditor } from './flow-editor.ts';
import { flowStats } from './flow-stats.ts';
import { fuzz } from './fuzz.ts';
import { knowledge } from './knowledge.ts';
import { matchBench } from './match.ts';
import { type BenchOptions, parseOptions, USAGE, UsageError } from './options.ts';
import { scope } from './scope.ts';
import { signIn } from './sign-in.ts';
import { sla } from './sla.ts';
import { survive } from './survive.ts';
import { tickets } from './tickets.ts';

type Bench = (options: BenchOptions, say: (text: string) => void) => Promise<BenchResult>;
/** `calls`: how many, or how many requests of each kind. */
const benches: Record<string, { run: Bench; calls?: number; rate?: number; contacts?: number }> = {
  answer: { run: answer, calls: 600 },
  acd: { run: acd, calls: 1_200, rate: 20 },
  'flow-editor': { run: flowEditor },
  flow: { run: flow, calls: 100, rate: 25 },
  'flow-stats': { run: flowStats, calls: 50, contacts: 270_000 },
  survive: { run: survive, calls: 20 },
  chaos: { run: chaos, rate: 1 },
  'sign-in': { run: signIn, calls: 300 },
  scope: { run: scope, calls: 200 },
  fuzz: { run: fuzz },
  tickets: { run: tickets, calls: 200 },
  sla: { run: sla },
  knowledge: { run: knowledge, calls: 200 },
  match: { run: matchBench },
};

async function main([name = '', ...args]: string[]): Promise<number> {
  const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (!bench) throw new UsageError(name ? `there is no bench '${name}'` : 'which bench?');
  const { calls = 1, rate, contacts } = bench;
  const options = parseOptions(args, { calls, ...(rate ? { rate } : {}), ...(contacts ? { contacts } : {}) });
  const begin = performance.now();
  const say = (text: string): void =>
    console.log(`${((performance.now() - begin) / 1000).toFixed(1).padStart(6)} s  ${text}`);
  const { figures, targets } = await bench.run(options, say);
  console.log(`\n${targetTable(targets)}\n`);
  console.log(JSON.stringify(figures));
  return targets.some(isMissed) ? 1 : 0;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const usage = error instanceof UsageError;
    console.error(usage ? `${error.message}\n${USAGE}` : error);
    process.exit(usage ? 2 : 1);
  },
);

/** `bench flow`: callers press their way through three levels of menus at the same time, and enter long numbers quickly. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { espeak } from '@rexian/server/engines/speech/espeak.ts';
import { PromptStore } from '@rexian/server/engines/speech/prompts.ts';
import { createLogger } from '@rexian/server/platform/log.ts';
import { diskStorage } from '@rexian/server/platform/storage.ts';
import { createRandom, type Random } from '@rexian/simulate';
import type { BenchResult } from './answer.ts';
import { type BenchStack, startBenchStack } from './bench-stack.ts';
import { measureCpu } from './cpu.ts';
import { percentile, rounded, spread } from './figures.ts';
import { DIGITS, flowTree, KEYS, LAST_KEY, LEVELS, stopAfter, stops } from './flow-tree.ts';
import type { FlowPath } from './ledger.ts';
import type { BenchOptions } from './options.ts';
import { PromptEar } from './prompt-ear.ts';
import { RtpCaller, speakAll } from './rtp-caller.ts';
import { NUMBER } from './seed.ts';
import { Sipp } from './sipp.ts';
import { measureValidation } from './validation.ts';

const ROUNDS = 3;
/** What people do: a key of 100 ms, after listening for a while. */
const PRESS = { keyMs: 100, restMs: 60 };
const LISTEN_MS = { least: 800, most: 4_000 };
/** What speed dials and machines do: 80 ms from key to key. */
const FAST = { keyMs: 40, restMs: 40 };
/** A prompt that hasn't begun by then never will. */
const PROMPT_DEADLINE_MS = 10_000;
const STAY_MS = 600_000;

interface Round {
  keys: string;
  /** All keys at once, 80 ms apart, before any menu is heard. */
  ahead: boolean;
  digits: string;
}

interface Walk {
  /** From a key's release to the first packet of the prompt it leads to. */
  keyMs: number[];
  /** The same from the last of the keys typed ahead, and of a number. */
  aheadMs: number[];
  inputMs: number[];
  unheard: string[];
  beganAt: number;
  endedAt: number;
}

const callerNumber = (index: number): string => `139${String(index).padStart(8, '0')}`;

export async function flow(options: BenchOptions, say: (text: string) => void): Promise<BenchResult> {
  const { calls, port, keep, seed } = options;
  const { firstMs: validateMs, laterMs } = await measureValidation();
  say(
    `a flow of 300 nodes is checked in ${rounded(validateMs)} ms in a new process, later in ${rounded(laterMs)} ms (p95)`,
  );
  const bench = await startBenchStack({
    ...{ name: 'flow', agents: 0, flow: flowTree(), basePort: port, packages: ['sip-tester'], keep, say },
  });
  const callers: RtpCaller[] = [];
  try {
    say('making prompts');
    const ear = await PromptEar.of(await promptFiles(bench));
    const random = createRandom(seed);
    const plans = Array.from({ length: calls }, () => planOf(random));
    for (const _ of plans) callers.push(await RtpCaller.open(ear));
    const sipp = startSipp(bench, options, callers);
    const hush = speakAll(callers);
    say(`${calls} callers, ${ROUNDS} rounds through ${LEVELS} levels and ${DIGITS} digits, seed ${seed}`);
    const load = await walkAll(bench, callers, plans, random).finally(hush);
    await sipp.finished(30_000).finally(() => sipp.stop());
    await bench.ledger.ended(30_000);
    return report({ load, plans, paths: await bench.ledger.flowPaths(), validateMs, say });
  } finally {
    for (const caller of callers) caller.close();
    await bench.close();
  }
}

/** Each stop's A-law file, by its node: spoken as the platform speaks it, so that it finds them ready. */
async function promptFiles({ home, folder }: BenchStack): Promise<Map<string, string>> {
  const log = createLogger({ level: 'silent' });
  const store = new PromptStore({
    ...{ home, folder: join(home, 'prompts'), engines: [espeak(home)], storage: diskStorage(folder), log },
  });
  const files = new Map<string, string>();
  for (const { node, text } of stops()) files.set(node, `${(await store.media(text)).replace(/^sound:/, '')}.alaw`);
  return files;
}

function planOf(random: Random): Round[] {
  const draw = (length: number, keys: readonly string[]) => Array.from({ length }, () => random.pick(keys)).join('');
  return Array.from({ length: ROUNDS }, (_, round) => ({
    ...{ keys: draw(LEVELS, KEYS), ahead: round === ROUNDS - 1, digits: draw(DIGITS, [...'0123456789']) },
  }));
}

function startSipp({ home, folder, stack }: BenchStack, { rate, port }: BenchOptions, callers: RtpCaller[]): Sipp {
  const rows = callers.map((caller, index) => `${callerNumber(index)};${caller.port}`);
  writeFileSync(join(folder, 'callers.csv'), `SEQUENTIAL\n${rows.join('\n')}\n`);
  const count = String(callers.length);
  return Sipp.start({
    ...{ home, folder, scenario: 'caller-silent', target: `127.0.0.1:${stack.sipPort}` },
    // Sound goes to a socket of each caller's own.
    words: { STAY_MS, REST_MS: STAY_MS, '[media_port]': '[field1]' },
    ...{ localPort: port + 20, mediaPort: port + 30 },
    args: ['-s', NUMBER, '-inf', 'callers.csv', '-m', count, '-l', count, '-r', String(rate), '-trace_err'],
  });
}

interface Load {
  walks: Walk[];
  /** CPU seconds of each process while all walked. */
  controlSeconds: number;
  asteriskSeconds: number;
  /** How late our own timers were, 99th percentile: what the figures may be too high by. */
  lateMs: number;
}

/** Nobody presses before everybody is in the first menu. */
async function walkAll(
  { stack }: BenchStack,
  callers: readonly RtpCaller[],
  plans: readonly Round[][],
  random: Random,
): Promise<Load> {
  const { node } = stopAfter('');
  const inside = await Promise.all(callers.map((caller) => caller.prompts.next(60_000)));
  const missing = inside.filter((heard) => heard?.prompt !== node).length;
  if (missing > 0) throw new Error(`${missing} callers did not hear the first menu`);
  const cpu = [stack.control().pid ?? 0, stack.asterisk.pid ?? 0].map(measureCpu);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const begin = performance.now();
  const walks = await Promise.all(callers.map((caller, index) => walk(caller, plans[index] ?? [], random)));
  const seconds = (performance.now() - begin) / 1000;
  const [controlSeconds = 0, asteriskSeconds = 0] = cpu.map((share) => (share().own / 100) * seconds);
  delay.disable();
  return { walks, controlSeconds, asteriskSeconds, lateMs: delay.percentile(99) / 1e6 };
}

async function walk(caller: RtpCaller, rounds: readonly Round[], random: Random): Promise<Walk> {
  const told: Walk = { keyMs: [], aheadMs: [], inputMs: [], unheard: [], beganAt: performance.now(), endedAt: 0 };
  const listen = () => sleep(random.between(LISTEN_MS.least, LISTEN_MS.most));
  const press = async (keys: string, how: typeof PRESS, expected: string, times: number[]) => {
    await listen();
    const released = (await caller.press(keys, how)).at(-1) ?? 0;
    const at = await startOf(caller, expected);
    if (at === null) told.unheard.push(expected);
    else times.push(at - released);
  };
  for (const { keys, ahead, digits } of rounds) {
    if (ahead) await press(keys, FAST, stopAfter(keys).node, told.aheadMs);
    else
      for (let level = 1; level <= LEVELS; level += 1)
        await press(keys.charAt(level - 1), PRESS, stopAfter(keys.slice(0, level)).node, told.keyMs);
    await press(digits, FAST, stopAfter('').node, told.inputMs);
  }
  await listen();
  await caller.press(LAST_KEY, PRESS);
  return { ...told, endedAt: performance.now() };
}

async function startOf(caller: RtpCaller, prompt: string): Promise<number | null> {
  for (;;) {
    const heard = await caller.prompts.next(PROMPT_DEADLINE_MS);
    if (!heard || heard.prompt === prompt) return heard?.at ?? null;
  }
}

/** Nodes and inputs that a plan should have led through. */
function expectedPath(rounds: readonly Round[]): FlowPath {
  const nodes = rounds.flatMap(({ keys }) =>
    Array.from({ length: LEVELS + 1 }, (_, level) => stopAfter(keys.slice(0, level)).node),
  );
  const inputs = rounds.flatMap(({ keys, digits }) => [...keys, digits]);
  return { nodes: [...nodes, stopAfter('').node, 'end'], inputs: [...inputs, LAST_KEY] };
}

interface Evidence {
  load: Load;
  plans: readonly Round[][];
  paths: ReadonlyMap<string, FlowPath>;
  validateMs: number | null;
  say: (text: string) => void;
}

function report({ load, plans, paths, validateMs, say }: Evidence): BenchResult {
  const { walks, controlSeconds, asteriskSeconds, lateMs } = load;
  const keyMs = walks.flatMap((one) => one.keyMs);
  const unheard = walks.flatMap((one) => one.unheard);
  const { wrongTurns, lostKeys } = compare(plans, paths, say);
  const ivrMinutes = walks.reduce((sum, { beganAt, endedAt }) => sum + (endedAt - beganAt), 0) / 60_000;
  for (const prompt of unheard.slice(0, 10)) say(`never heard: ${prompt}`);
  say(`key → prompt ms: ${spread(keyMs)} of ${keyMs.length} keys`);
  say(`typed ahead → prompt ms: ${spread(walks.flatMap((one) => one.aheadMs))}`);
  say(`${DIGITS} digits → prompt ms: ${spread(walks.flatMap((one) => one.inputMs))}`);
  say(`our own timers were up to ${rounded(lateMs)} ms late (p99)`);
  const figures = {
    callers: walks.length,
    keys: plans.flat().reduce((sum, { keys, digits }) => sum + keys.length + digits.length, 0),
    keyToPromptP50Ms: rounded(percentile(keyMs, 50)),
    keyToPromptP95Ms: rounded(percentile(keyMs, 95)),
    unheard: unheard.length,
    wrongTurns,
    lostKeys,
    controlCpuSecondsPerIvrMinute: thousandths(controlSeconds / ivrMinutes),
    asteriskCpuSecondsPerIvrMinute: thousandths(asteriskSeconds / ivrMinutes),
    validateMs: rounded(validateMs),
  };
  return {
    figures,
    targets: [
      { name: 'keyToPromptP95Ms', value: figures.keyToPromptP95Ms, wanted: { atMost: 200 } },
      { name: 'unheard', value: figures.unheard, wanted: { exactly: 0 } },
      { name: 'wrongTurns', value: wrongTurns, wanted: { exactly: 0 } },
      { name: 'lostKeys', value: lostKeys, wanted: { exactly: 0 } },
      { name: 'validateMs', value: figures.validateMs, wanted: { atMost: 50 } },
    ],
  };
}

const thousandths = (value: number): number => Math.round(value * 1000) / 1000;

/** What the ledger keeps of each caller against what they did. */
function compare(plans: readonly Round[][], paths: ReadonlyMap<string, FlowPath>, say: (text: string) => void) {
  let [wrongTurns, lostKeys] = [0, 0];
  for (const [index, plan] of plans.entries()) {
    const wanted = expectedPath(plan);
    const found = paths.get(callerNumber(index)) ?? { nodes: [], inputs: [] };
    const turns = different(wanted.nodes, found.nodes);
    const keys = different([...wanted.inputs.join('')], [...found.inputs.join('')]);
    if (turns + keys > 0) say(`${callerNumber(index)}: ${found.nodes.join(' ')}; ${found.inputs.join(' ')}`);
    wrongTurns += turns;
    lostKeys += keys;
  }
  return { wrongTurns, lostKeys };
}

/** Places in which two lists differ. */
const different = (wanted: readonly string[], found: readonly string[]): number =>
  Array.from({ length: Math.max(wanted.length, found.length) }).filter((_, at) => wanted[at] !== found[at]).length;

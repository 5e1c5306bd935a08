/** A whole run: carrier, agents, calls coming in at their rate, and everything put away afterwards. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ContactSummary } from '@rexian/contracts';
import type { Logger } from '@rexian/server/platform/log.ts';
import { maskNumber } from '@rexian/server/platform/masking.ts';
import { DeskTaken, SimulatedAgent } from './agent.ts';
import { callerNumbers, drawCaller, drawNumber } from './behaviour.ts';
import { type CallResult, type CallStage, runCall } from './call-run.ts';
import { Carrier } from './carrier.ts';
import { MOST_PARALLEL, type SimulateOptions } from './options.ts';
import { PlatformSession } from './platform.ts';
import { createRandom, type Random } from './random.ts';
import { resultText, type Screen } from './screen.ts';
import { type Summary, summarize } from './summary.ts';
import { Watch } from './watch.ts';

export interface Account {
  login: string;
  password: string;
}

export interface SimulationOptions extends SimulateOptions {
  home: string;
  /** Whoever may see the live monitor and the records. */
  leader: Account;
  /** Agents that may be simulated. */
  agentAccounts: readonly Account[];
  screen: Screen;
  log: Logger;
  signal: AbortSignal;
}

const RECORDS_MS = 15_000;
/** Agents that sign in at the same time. */
const AT_ONCE = 5;

export class Simulation {
  readonly #options: SimulationOptions;
  readonly #random: Random;
  readonly #agents: SimulatedAgent[] = [];
  readonly #open = new Map<string, CallStage>();
  readonly #results: CallResult[] = [];
  #numbers: string[] = [];

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.#random = createRandom(options.seed);
  }

  async run(): Promise<Summary> {
    const { url, leader, home, screen, log, signal } = this.#options;
    const session = await PlatformSession.open(url, leader.login, leader.password, () =>
      screen.line('登录过于频繁，稍候再试'),
    );
    const watch = new Watch(session, (what) => screen.line(`监控读取失败：${what}`));
    const since = new Date();
    let carrier: Carrier | null = null;
    try {
      await watch.start();
      screen.line('启动模拟运营商');
      carrier = await Carrier.start({ home, platform: this.#options.sip, log });
      await this.#startAgents(carrier);
      await this.#makeCalls(carrier, watch);
      const numbers = new Set(this.#numbers.map(maskNumber));
      const records = signal.aborted && this.#results.length === 0 ? [] : await readRecords(session, since, numbers);
      return summarize(this.#results, records);
    } finally {
      screen.line('收尾：挂断通话、签出坐席');
      await watch.stop();
      await Promise.allSettled(this.#agents.map((agent) => agent.stop()));
      await carrier?.stop();
      await session.close();
    }
  }

  /** Several sign in at once; each takes the next account until there are enough. */
  async #startAgents(carrier: Carrier): Promise<void> {
    const { agents, agentAccounts, screen } = this.#options;
    const accounts = agentAccounts.values();
    let wanted = agents;
    const signIn = async (): Promise<void> => {
      while (wanted > 0 && !this.#options.signal.aborted) {
        const { value: account } = accounts.next();
        if (!account) return;
        wanted -= 1;
        if (!(await this.#startAgent(carrier, account))) wanted += 1;
      }
    };
    const waves = await Promise.allSettled(Array.from({ length: Math.min(agents, AT_ONCE) }, signIn));
    const broken = waves.find((wave) => wave.status === 'rejected');
    if (broken) throw broken.reason;
    const short = agents - this.#agents.length;
    screen.line(`模拟坐席 ${this.#agents.length} 人签入${short > 0 ? `（少 ${short} 人）` : ''}`);
  }

  /** False when a person works at this account's desk. */
  async #startAgent(carrier: Carrier, { login, password }: Account): Promise<boolean> {
    const { url, screen, sip: registrar } = this.#options;
    const random = createRandom(this.#random.between(0, 1_000_000_000));
    const onWait = (): void => screen.line(`坐席 ${login}：登录过于频繁，稍候再试`);
    const onTrouble = (what: string): void => screen.line(`坐席异常：${what}`);
    try {
      this.#agents.push(
        await SimulatedAgent.start({
          ...{ carrier, url, login, password, phonePassword: password },
          ...{ registrar, random, onTrouble, onWait },
        }),
      );
      return true;
    } catch (error) {
      if (!(error instanceof DeskTaken)) throw error;
      screen.line(`坐席 ${login} 已有人签入，跳过`);
      return false;
    }
  }

  async #makeCalls(carrier: Carrier, watch: Watch): Promise<void> {
    const { calls, rate, screen, signal, talk } = this.#options;
    this.#numbers = callerNumbers(this.#random, calls);
    const running = new Set<Promise<void>>();
    const ticker = this.#showStatus(calls);
    for (let index = 0; index < calls && !signal.aborted; index += 1) {
      if (index > 0) await this.#pause(this.#gapMs(rate));
      while (running.size >= MOST_PARALLEL) await Promise.race(running);
      const from = this.#idleNumber();
      if (signal.aborted) break;
      const plan = drawCaller(this.#random, from, talk);
      this.#open.set(from, 'dialling');
      const call = this.#one(carrier, watch, plan).finally(() => running.delete(call));
      running.add(call);
    }
    await Promise.all(running);
    clearInterval(ticker);
    if (signal.aborted) screen.line('模拟中止');
  }

  async #one(carrier: Carrier, watch: Watch, plan: ReturnType<typeof drawCaller>): Promise<void> {
    const { number: to, screen, signal } = this.#options;
    const agentOf = (number: string) => this.#agents.find(({ login }) => login === number);
    const result = await runCall({
      carrier,
      watch,
      plan,
      to,
      signal,
      onStage: (stage) => this.#open.set(plan.from, stage),
      agentHangsUp: async (number) => (await agentOf(number)?.hangUp()) ?? false,
      isSimulated: (number) => agentOf(number) !== undefined,
    });
    this.#open.delete(plan.from);
    this.#results.push(result);
    screen.line(resultText(plan.from, result));
  }

  /** Arrivals are random (exponential gaps), as callers don't know of each other; never more than four mean gaps. */
  #gapMs(rate: number): number {
    return Math.min(4, -Math.log(1 - this.#random.next())) * (1000 / rate);
  }

  /** Nobody calls twice at the same time: when everybody is on the line, somebody new calls. */
  #idleNumber(): string {
    const idle = this.#numbers.filter((number) => !this.#open.has(number));
    if (idle.length > 0) return this.#random.pick(idle);
    const fresh = drawNumber(this.#random);
    if (this.#numbers.some((number) => maskNumber(number) === maskNumber(fresh))) return this.#idleNumber();
    this.#numbers.push(fresh);
    return fresh;
  }

  #showStatus(total: number): NodeJS.Timeout {
    let ticks = 0;
    return setInterval(() => {
      const counts = { dialling: 0, menu: 0, queue: 0, ringing: 0, talking: 0 };
      for (const stage of this.#open.values()) counts[stage] += 1;
      ticks += 1;
      this.#options.screen.status(counts, this.#results.length, total, ticks % 10 === 0);
    }, 1_000);
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#options.signal }).catch(() => {});
  }
}

/** The platform's records of our callers (masked numbers) since the beginning, once all of them have ended; null when they can't be read. */
async function readRecords(
  session: PlatformSession,
  since: Date,
  numbers: ReadonlySet<string>,
): Promise<ContactSummary[] | null> {
  for (const end = Date.now() + RECORDS_MS; ; await sleep(500)) {
    try {
      const records = (await allRecords(session, since)).filter(({ callerNumber }) => numbers.has(callerNumber));
      if (records.every(({ state }) => state === 'ended') || Date.now() > end) return records;
    } catch {
      if (Date.now() > end) return null;
    }
  }
}

async function allRecords(session: PlatformSession, from: Date): Promise<ContactSummary[]> {
  const rows: ContactSummary[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: { rows: ContactSummary[]; nextCursor: string | null } = await session.api.contacts.list({
      from,
      limit: 200,
      ...(cursor ? { cursor } : {}),
    });
    rows.push(...page.rows);
    if (!page.nextCursor) return rows;
    cursor = page.nextCursor;
  }
}

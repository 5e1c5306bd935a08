/** One simulated call from the first INVITE to its end, as its plan says. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ContactState } from '@rexian/contracts';
import type { CallerPlan, KeyPress, Patience } from './behaviour.ts';
import { NotAnswered, type SimulatedCaller } from './caller.ts';
import type { Carrier } from './carrier.ts';
import { converse } from './conversation.ts';
import type { LegEnd } from './leg.ts';
import { CALLER_SENTENCES } from './sounds.ts';
import type { Watch } from './watch.ts';

export type CallStage = 'dialling' | 'menu' | 'queue' | 'ringing' | 'talking';

export type CallResult =
  | { kind: 'talked'; agent: string; talkedMs: number; by: 'caller' | 'agent' }
  | { kind: 'left'; where: 'menu' | 'queue' | 'ringing' }
  /** The platform ended it in good order: waiting limit, menu without an answer. */
  | { kind: 'closed'; at: CallStage }
  /** `why` is Chinese, with the engine's own words in brackets. */
  | { kind: 'failed'; at: CallStage; why: string }
  /** The simulation itself was stopped meanwhile. */
  | { kind: 'stopped' };

export interface CallRunOptions {
  carrier: Carrier;
  watch: Watch;
  plan: CallerPlan;
  to: string;
  signal: AbortSignal;
  onStage: (stage: CallStage) => void;
  /** Lets a simulated agent hang up; false when a person has the call. */
  agentHangsUp: (agentNumber: string) => Promise<boolean>;
  isSimulated: (agentNumber: string) => boolean;
}

const ANSWER_MS = 10_000;
/** Even the most patient give up some time. */
const LONGEST_WAIT_MS = 600_000;
/** The survey and the farewell; who has not been let go by then hangs up. */
const GOODBYE_MS = 40_000;
const NORMAL_CLEARING = 16;

export async function runCall(options: CallRunOptions): Promise<CallResult> {
  const run = new CallRun(options);
  try {
    return await run.run();
  } catch (error) {
    if (options.signal.aborted) return { kind: 'stopped' };
    return { kind: 'failed', at: run.stage, why: reason(error) };
  }
}

function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return error instanceof NotAnswered ? `平台没有应答，请检查 --sip 和 --number（${text}）` : `模拟器出错（${text}）`;
}

class CallRun {
  stage: CallStage = 'dialling';
  readonly #options: CallRunOptions;

  constructor(options: CallRunOptions) {
    this.#options = options;
  }

  async run(): Promise<CallResult> {
    const { carrier, plan, to, signal } = this.#options;
    const caller = await carrier.call({ from: plan.from, to });
    const stop = (): void => void caller.hangUp();
    signal.addEventListener('abort', stop, { once: true });
    try {
      await caller.answered(ANSWER_MS);
      this.#enter('menu');
      const result = await this.#wait(caller);
      return signal.aborted ? { kind: 'stopped' } : result;
    } finally {
      signal.removeEventListener('abort', stop);
      await caller.hangUp();
    }
  }

  #enter(stage: CallStage): void {
    if (this.stage === stage) return;
    this.stage = stage;
    this.#options.onStage(stage);
  }

  /** From the answer to the talk, or to whatever comes instead of it. */
  async #wait(caller: SimulatedCaller): Promise<CallResult> {
    const { plan, watch } = this.#options;
    void this.#press(caller, plan.keys, 'menu');
    const leaving = new Leaving(plan.patience, caller);
    leaving.at('menu');
    const limit = Date.now() + LONGEST_WAIT_MS;
    for (;;) {
      const end = await Promise.race([watch.changed, caller.ended, sleep(2_000)]);
      if (end) return leaving.left ? { kind: 'left', where: leaving.left } : this.#closed(end);
      if (Date.now() > limit) await caller.hangUp();
      const seen = watch.find(plan.from);
      const stage = seen && stageOf(seen.state);
      if (!stage) continue;
      this.#enter(stage);
      if (stage === 'talking') {
        leaving.cancel();
        return this.#talk(caller, seen.agentNumber ?? '');
      }
      leaving.at(stage);
    }
  }

  async #talk(caller: SimulatedCaller, agent: string): Promise<CallResult> {
    const { plan, agentHangsUp, isSimulated, signal } = this.#options;
    const begin = Date.now();
    const talked = (by: 'caller' | 'agent'): CallResult => ({
      kind: 'talked',
      agent,
      talkedMs: Date.now() - begin,
      by,
    });
    void converse(caller, CALLER_SENTENCES, 4_000);
    const early = await Promise.race([caller.ended, sleep(plan.talkMs, undefined, { signal }).catch(() => null)]);
    if (early?.by === 'them' && isSimulated(agent)) {
      return { kind: 'failed', at: 'talking', why: `通话被平台中断（${early.cause} ${early.text}）` };
    }
    if (early) return talked('agent');
    if (plan.hangsUp === 'agent' && (await agentHangsUp(agent))) {
      const result = talked('agent');
      void this.#press(caller, plan.marks, 'talking');
      await Promise.race([caller.ended, sleep(GOODBYE_MS)]);
      return result;
    }
    const result = talked('caller');
    await caller.hangUp();
    return result;
  }

  #closed(end: LegEnd): CallResult {
    const { stage } = this;
    if (end.cause === NORMAL_CLEARING) return { kind: 'closed', at: stage };
    return { kind: 'failed', at: stage, why: `异常结束（${end.cause} ${end.text}）` };
  }

  /** Presses keys one after the other as long as the call is at that stage. */
  async #press(caller: SimulatedCaller, keys: readonly KeyPress[], stage: CallStage): Promise<void> {
    for (const { afterMs, key } of keys) {
      await Promise.race([sleep(afterMs), caller.ended]);
      if (caller.isOver || this.stage !== stage) return;
      await caller.press(key);
    }
  }
}

/** A caller's decision to give up somewhere: a timer that starts when that place is reached. */
class Leaving {
  readonly #patience: Patience;
  readonly #caller: SimulatedCaller;
  #timer: NodeJS.Timeout | null = null;
  left: 'menu' | 'queue' | 'ringing' | null = null;

  constructor(patience: Patience, caller: SimulatedCaller) {
    this.#patience = patience;
    this.#caller = caller;
  }

  at(stage: CallStage): void {
    if (this.#patience.kind === 'stays' || this.#timer || stage !== this.#patience.where) return;
    const { where, afterMs } = this.#patience;
    this.#timer = setTimeout(() => {
      if (this.#caller.isOver) return;
      this.left = where;
      void this.#caller.hangUp();
    }, afterMs);
  }

  cancel(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }
}

function stageOf(state: ContactState): CallStage | null {
  switch (state) {
    case 'arrived':
    case 'in_flow':
      return 'menu';
    case 'queued':
      return 'queue';
    case 'ringing':
    // Somebody else is called for them.
    case 'dialling':
      return 'ringing';
    case 'talking':
      return 'talking';
    case 'ended':
      return null;
  }
}

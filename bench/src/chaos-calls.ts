/** The calls of `bench chaos` as the telephones know them: who came in, who talked, and whose talk was cut. */
import { setTimeout as sleep } from 'node:timers/promises';
import { maskNumber } from '@rexian/server/platform/masking.ts';
import type { Carrier, LegEnd, PhoneCall, SimulatedCaller } from '@rexian/simulate';
import type { CallPlan } from './chaos-plan.ts';
import { NUMBER } from './seed.ts';

/** The dialplan holds a caller for longer than any process is away. */
const ANSWER_MS = 60_000;
/** A key that nobody heard is pressed again. */
const PRESS_AGAIN_MS = 10_000;
const PATIENCE_MS = 120_000;
const OTHER_SIDE_MS = 20_000;

export interface CallOutcome {
  from: string;
  /** The platform's Asterisk had it: it rang, or was answered. */
  entered: boolean;
  talked: boolean;
  /** Why the talk ended that nobody had ended; null: it didn't. */
  cut: string | null;
}

export class ChaosCalls {
  readonly outcomes: CallOutcome[] = [];
  readonly #carrier: Carrier;
  readonly #running = new Map<string, CallRun>();

  constructor(carrier: Carrier) {
    this.#carrier = carrier;
  }

  /** A phone rings: the caller's number, masked as phones show it, tells which call it is. */
  readonly onCall = (call: PhoneCall): void => this.#running.get(call.from)?.phoneRings(call);

  async make(plan: CallPlan): Promise<void> {
    const caller = await this.#carrier.call({ from: plan.from, to: NUMBER });
    const run = new CallRun(plan, caller);
    const shown = maskNumber(plan.from);
    this.#running.set(shown, run);
    try {
      await run.live();
    } finally {
      this.#running.delete(shown);
      this.outcomes.push(run.outcome);
    }
  }

  /** Asterisk is being killed: its calls end with it, and nobody else is to blame. */
  asteriskDown(): void {
    for (const run of this.#running.values()) run.asteriskDown();
  }

  get count(): number {
    return this.#running.size;
  }
}

class CallRun {
  readonly #plan: CallPlan;
  readonly #caller: SimulatedCaller;
  readonly #over = Promise.withResolvers<void>();
  readonly #answered = Promise.withResolvers<PhoneCall>();
  #talk: PhoneCall | null = null;
  #hungUp = false;
  #cut: string | null = null;

  constructor(plan: CallPlan, caller: SimulatedCaller) {
    this.#plan = plan;
    this.#caller = caller;
    void caller.ended.then((end) => {
      if (this.#talk) this.#ended('caller', end);
      this.#over.resolve();
    });
  }

  get outcome(): CallOutcome {
    const { from, ringingAt, answeredAt } = this.#caller;
    return { from, entered: (ringingAt ?? answeredAt) !== null, talked: this.#talk !== null, cut: this.#cut };
  }

  phoneRings(call: PhoneCall): void {
    void call.answered.then((at) => {
      if (at === null || this.#hungUp) return;
      this.#talk ??= call;
      this.#answered.resolve(call);
      void call.ended.then((end) => this.#ended('agent', end));
    });
  }

  asteriskDown(): void {
    // The other side doesn't hear of it.
    void this.#hangUp(this.#caller);
    if (this.#talk) void this.#hangUp(this.#talk);
  }

  async live(): Promise<void> {
    const { leavesAfterMs, talksMs, hangsUp } = this.#plan;
    const patience = sleep(leavesAfterMs ?? PATIENCE_MS, null, { ref: false });
    if (leavesAfterMs === null) void this.#choose();
    const phone = await Promise.race([this.#answered.promise, this.#over.promise, patience]);
    if (!phone) return this.#hangUp(this.#caller);
    await Promise.race([sleep(talksMs, null, { ref: false }), this.#over.promise, phone.ended]);
    const [first, second] = hangsUp === 'caller' ? [this.#caller, phone] : [phone, this.#caller];
    await this.#hangUp(first);
    await Promise.race([second.ended, sleep(OTHER_SIDE_MS, null, { ref: false })]);
    await this.#hangUp(second);
  }

  async #choose(): Promise<void> {
    const caller = this.#caller;
    await caller.answered(ANSWER_MS).catch(() => null);
    for (let wait = this.#plan.choosesAfterMs; ; wait = PRESS_AGAIN_MS) {
      await sleep(wait, null, { ref: false });
      if (this.#talk || caller.isOver) return;
      await caller.press('1');
    }
  }

  async #hangUp(side: SimulatedCaller | PhoneCall): Promise<void> {
    this.#hungUp = true;
    await side.hangUp();
  }

  #ended(side: 'caller' | 'agent', { by, cause, text, at }: LegEnd): void {
    if (by === 'us' || this.#hungUp) return;
    this.#cut ??= `${side} of ${this.#plan.from} was hung up at ${at.toISOString()} (${cause} ${text})`;
  }
}

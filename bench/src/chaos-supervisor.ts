/** Kills the platform's processes and starts them again, as their supervisor would: half a second after they ended. */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from '@rexian/server/testing/stack.ts';
import type { Victim } from './chaos-plan.ts';

const RESTART_MS = 500;
/** How long a leader stands still; longer than others wait before they take its place. */
const HANG_MS = 8_000;

/** One of the two processes that may serve the calls. */
interface VoiceSlot {
  child: ChildProcess | null;
  leading: boolean;
  hanging: boolean;
}

/** A leader was hit: from then until another one has taken over its calls. */
interface Failover {
  at: number;
  /** The other was there, and so were database and Asterisk, all the time. */
  clean: boolean;
}

export class Supervisor {
  /** Of leaders that fell while everything else was there, in ms. */
  readonly failovers: number[] = [];
  /** Of the others, which first had to wait for what was missing. */
  readonly slowFailovers: number[] = [];
  readonly hits: Partial<Record<Victim, number>> = {};
  readonly #stack: Stack;
  readonly #say: (text: string) => void;
  readonly #onAsteriskDown: () => void;
  readonly #voices: VoiceSlot[] = [0, 1].map(() => ({ child: null, leading: false, hanging: false }));
  readonly #down = new Set<'database' | 'asterisk' | 'api'>();
  readonly #restarts = new Set<Promise<void>>();
  #failover: Failover | null = null;
  #closing = false;

  constructor(stack: Stack, say: (text: string) => void, onAsteriskDown: () => void) {
    this.#stack = stack;
    this.#say = say;
    this.#onAsteriskDown = onAsteriskDown;
  }

  async start(): Promise<void> {
    for (const slot of this.#voices) await this.#startVoice(slot);
  }

  /** False when there is nothing to be hit: it's down already. */
  hit(victim: Victim): boolean {
    const done = this.#hit(victim);
    if (done) this.hits[victim] = (this.hits[victim] ?? 0) + 1;
    if (done) this.#say(`${victim === 'hanging leader' ? 'leader stopped' : `${victim} killed`}`);
    return done;
  }

  /** Waits until everything runs again and somebody leads. */
  async recover(): Promise<void> {
    for (const slot of this.#voices) this.#wake(slot);
    while (this.#restarts.size > 0) await Promise.all(this.#restarts);
    for (const end = Date.now() + 30_000; !this.#leader && Date.now() < end; ) await sleep(100);
  }

  /** Nothing is started again any more. */
  close(): void {
    this.#closing = true;
    for (const slot of this.#voices) this.#wake(slot);
  }

  get #leader(): VoiceSlot | undefined {
    return this.#voices.find(({ child, leading, hanging }) => child && leading && !hanging);
  }

  #hit(victim: Victim): boolean {
    if (victim === 'database' || victim === 'asterisk' || victim === 'api') return this.#hitServer(victim);
    const leader = this.#leader;
    const standby = this.#voices.find((slot) => slot.child && !slot.hanging && slot !== leader);
    const slot = victim === 'standby' ? standby : leader;
    if (!slot?.child) return false;
    if (victim === 'standby') this.#spoil();
    else this.#failover = { at: performance.now(), clean: standby !== undefined && this.#down.size === 0 };
    if (victim === 'hanging leader') this.#hang(slot);
    else slot.child.kill('SIGKILL');
    return true;
  }

  #hang(slot: VoiceSlot): void {
    slot.hanging = true;
    slot.child?.kill('SIGSTOP');
    setTimeout(() => this.#wake(slot), HANG_MS).unref();
  }

  #wake(slot: VoiceSlot): void {
    if (slot.hanging) slot.child?.kill('SIGCONT');
    slot.hanging = false;
  }

  /** Whatever falls now holds up a failover that is under way. */
  #spoil(): void {
    if (this.#failover) this.#failover.clean = false;
  }

  async #startVoice(slot: VoiceSlot): Promise<void> {
    const child = await this.#stack.startBeside({ REXIAN_ROLES: 'voice' }, (message) => {
      if (message.type === 'leading') this.#leads(slot, message.leading === true);
    });
    slot.child = child;
    const ended = () => {
      Object.assign(slot, { child: null, leading: false, hanging: false });
      this.#restart(() => this.#startVoice(slot));
    };
    if (child.exitCode !== null || child.signalCode !== null) ended();
    else child.once('exit', ended);
  }

  #leads(slot: VoiceSlot, leading: boolean): void {
    slot.leading = leading;
    if (!leading || !this.#failover) return;
    const { at, clean } = this.#failover;
    const ms = Math.round(performance.now() - at);
    (clean ? this.failovers : this.slowFailovers).push(ms);
    this.#failover = null;
    this.#say(`another process serves the calls after ${ms} ms`);
  }

  #hitServer(victim: 'database' | 'asterisk' | 'api'): boolean {
    if (this.#down.has(victim)) return false;
    this.#down.add(victim);
    if (victim !== 'api') this.#spoil();
    const stack = this.#stack;
    if (victim === 'asterisk') this.#onAsteriskDown();
    if (victim === 'api') stack.control().kill('SIGKILL');
    else process.kill(stack[victim === 'database' ? 'postgres' : 'asterisk'].pid, 'SIGKILL');
    const starts = {
      database: () => stack.restartPostgres(),
      asterisk: () => stack.restartAsterisk(),
      api: () => stack.startControl(),
    };
    this.#restart(async () => {
      await starts[victim]();
      this.#down.delete(victim);
    });
    return true;
  }

  /** Again and again until it works: what it needs may be down as well. */
  #restart(start: () => Promise<void>): void {
    const again = async () => {
      for (;;) {
        await sleep(RESTART_MS);
        if (this.#closing) return;
        try {
          return await start();
        } catch (error) {
          this.#say(`not started yet: ${error instanceof Error ? error.message : error}`);
        }
      }
    };
    const running = again().finally(() => this.#restarts.delete(running));
    this.#restarts.add(running);
  }
}

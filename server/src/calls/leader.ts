/**
 * Who serves calls: of several processes one leads, the others stand by and take over by themselves. A leader is sure of its place
 * only for a moment after each sign of it; `Term.assured` stands before every word to Asterisk and every statement of the calls, so
 * that a process which hung and wakes up does nothing before it knows whether it still leads.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../platform/log.ts';
import { LeaderLock } from './leader-lock.ts';
import { LeaderWatch, type Sight } from './leader-watch.ts';

/** Between two looks of a standby. */
const LOOK_MS = 200;
const BEAT_MS = 1_000;
/** How long a sign of leadership lasts; shorter than what others wait before they take a silent leader for hung. */
const ASSURED_MS = 2_500;
/** Between two tries to reach a store that is away. */
const RECOVER_MS = 150;
/** After a term that was lost or failed. */
const PAUSE_MS = 1_000;
/** Ending a term must not keep us from standing by. */
const END_MS = 3_000;

/** Somebody else serves the calls now: nothing may be done any more, least of all to the calls. */
export class NotLeading extends Error {}

/** One time of leading. */
export interface Term {
  /** Who we are in this term; names the connections that whoever follows ends. */
  holder: string;
  /** Resolves while we lead, at once or as soon as it is certain; rejects with NotLeading when we don't. */
  assured(): Promise<void>;
  /** Gives the place up: somebody else is at work. */
  lose(why: string): void;
  /** Called once it's over. */
  onLost(handler: () => void): void;
}

/** What a leader does, until it's stopped. Stopping must leave the calls as they are. */
export interface Service {
  stop(): Promise<void>;
}

export interface LeadershipOptions {
  /** Connection URL of the store. */
  url: string;
  /** What is led. */
  name: string;
  log: Logger;
  /** Begins to serve; rejects when that isn't possible here. */
  begin(term: Term): Promise<Service>;
  /** We lead and serve, or we don't any more. */
  onChange?(leading: boolean): void;
}

export class Leadership {
  readonly #options: LeadershipOptions;
  readonly #closing = new AbortController();
  /** The first time that it is clear who leads. */
  readonly #settled = Promise.withResolvers<void>();
  #term: RunningTerm | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(options: LeadershipOptions) {
    this.#options = options;
    this.#settled.promise.catch(() => undefined);
  }

  /** Resolves once we serve, or somebody else leads; rejects when our first term fails at its beginning. */
  async start(): Promise<void> {
    this.#running = this.#run();
    await this.#settled.promise;
  }

  get isLeading(): boolean {
    return this.#term?.isServing ?? false;
  }

  /** Stops serving, calls go on; whoever stands by takes over at once. */
  async stop(): Promise<void> {
    this.#closing.abort();
    this.#term?.finish();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { log } = this.#options;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        const lock = await this.#standBy();
        if (lock) await this.#lead(lock);
      } catch (error) {
        this.#settled.reject(error);
        if (!signal.aborted) log.error({ error }, 'leading failed');
      }
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
    this.#settled.resolve();
  }

  /** Waits until the lock is ours; null when we are closing. */
  async #standBy(): Promise<LeaderLock | null> {
    const { url, name, log } = this.#options;
    const { signal } = this.#closing;
    const watch = new LeaderWatch();
    let lock: LeaderLock | null = null;
    let lost = false;
    while (!signal.aborted) {
      try {
        if (!lock || lock.isBroken) {
          lock = await LeaderLock.open(url, name, newHolder());
          if (lost) watch.returned(performance.now());
        }
        if (await this.#claim(lock, watch)) return lock;
      } catch (error) {
        if (!lost) log.warn({ error: String(error) }, 'the store is away, standing by without it');
        lost = true;
        await lock?.close();
        lock = null;
      }
      await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
    await lock?.close();
    return null;
  }

  async #claim(lock: LeaderLock, watch: LeaderWatch): Promise<boolean> {
    const { log } = this.#options;
    const view = await lock.look();
    const sight: Sight = { ...view, at: performance.now(), locked: view.lockedBy !== null };
    const verdict = watch.judge(sight);
    if (verdict === 'other') this.#settled.resolve();
    if (verdict === 'depose') {
      log.warn({ holder: view.holder }, 'the leader does not answer, taking its place');
      await lock.endLock(view.lockedBy ?? '');
    }
    if (verdict !== 'claim' || !(await lock.claim())) return false;
    // What the former leader had begun and not finished would hold the rows that we need.
    if (view.holder) await lock.end(view.holder);
    return true;
  }

  async #lead(lock: LeaderLock): Promise<void> {
    const { log, begin, onChange } = this.#options;
    const term = new RunningTerm(this.#options, lock);
    this.#term = term;
    log.info({ holder: term.holder }, 'leading');
    let told = false;
    try {
      if (this.#closing.signal.aborted || !(await term.serve(begin))) return;
      this.#settled.resolve();
      told = true;
      onChange?.(true);
      await term.over;
    } finally {
      if (told) onChange?.(false);
      await term.end();
      this.#term = null;
    }
  }
}

const newHolder = () => `${process.pid}-${randomBytes(4).toString('hex')}`;

/** A term while it lasts: beats, is sure or in doubt, and ends. */
class RunningTerm implements Term {
  readonly #options: LeadershipOptions;
  readonly #over = Promise.withResolvers<void>();
  #lock: LeaderLock;
  readonly #onLost: (() => void)[] = [];
  #service: Service | null = null;
  #finished = false;
  #lost = false;
  #assuredUntil = performance.now() + ASSURED_MS;
  /** Settles with the next sign of who leads. */
  #sign = Promise.withResolvers<void>();
  readonly #beating: Promise<void>;

  constructor(options: LeadershipOptions, lock: LeaderLock) {
    this.#options = options;
    this.#lock = lock;
    this.#beating = this.#beat();
  }

  get holder(): string {
    return this.#lock.holder;
  }

  get isServing(): boolean {
    return this.#service !== null && !this.#finished;
  }

  /** Resolves when the term is over. */
  get over(): Promise<void> {
    return this.#over.promise;
  }

  async assured(): Promise<void> {
    while (!this.#lost && performance.now() > this.#assuredUntil) await this.#sign.promise;
    if (this.#lost) throw new NotLeading('another process serves the calls');
  }

  onLost(handler: () => void): void {
    this.#onLost.push(handler);
  }

  lose(why: string): void {
    if (this.#lost) return;
    this.#lost = true;
    this.#options.log.info({ holder: this.holder, why }, 'no longer leading');
    for (const handler of this.#onLost) handler();
    this.#signal();
    this.finish();
  }

  /** The term is over; what is being done may still be finished. */
  finish(): void {
    this.#finished = true;
    this.#over.resolve();
  }

  /** False when the term was over before the service had begun. */
  async serve(begin: LeadershipOptions['begin']): Promise<boolean> {
    const beginning = begin(this).then(async (service) => {
      if (this.#finished) await service.stop();
      else this.#service = service;
    });
    await Promise.race([beginning, this.over]);
    if (this.#finished)
      beginning.catch((error) => this.#options.log.warn({ error: String(error) }, 'service did not begin'));
    return this.isServing;
  }

  /** Leaves the calls, then the place. */
  async end(): Promise<void> {
    const stopping = this.#service?.stop().catch((error) => this.#options.log.warn({ error }, 'stopping failed'));
    await Promise.race([stopping, sleep(END_MS, undefined, { ref: false })]);
    this.lose('ended');
    await this.#beating;
    await this.#lock.resign().catch(() => undefined);
    await this.#lock.close();
  }

  /** We are sure for a while since `at`. */
  #sure(at: number): void {
    this.#assuredUntil = at + ASSURED_MS;
    this.#signal();
  }

  #signal(): void {
    this.#sign.resolve();
    this.#sign = Promise.withResolvers<void>();
  }

  async #beat(): Promise<void> {
    for (;;) {
      await Promise.race([sleep(BEAT_MS, undefined, { ref: false }), this.over]);
      if (this.#finished) return;
      const at = performance.now();
      try {
        if (this.#lock.isBroken) throw new Error('connection lost');
        if (await this.#lock.beat()) this.#sure(at);
        else this.lose('somebody else leads');
      } catch (error) {
        this.#options.log.warn({ error: String(error) }, 'leading without the store');
        await this.#recover();
      }
    }
  }

  /**
   * The connection broke. While the store can't be reached nobody else can take our place, so the calls are served on; when it is
   * back the lock is taken again, or has been taken by somebody else.
   */
  async #recover(): Promise<void> {
    const { url, name, log } = this.#options;
    await this.#lock.close();
    while (!this.#finished) {
      const at = performance.now();
      let lock: LeaderLock | null = null;
      try {
        lock = await LeaderLock.open(url, name, this.holder);
      } catch {
        // Refused, starting up, or not there.
        this.#sure(at);
      }
      if (lock) {
        const again = await this.#reclaim(lock).catch(() => 'later' as const);
        if (again === 'ours') {
          this.#lock = lock;
          this.#sure(at);
          log.info({ holder: this.holder }, 'leading on');
          return;
        }
        await lock.close();
        if (again === 'lost') return this.lose('somebody else led while the store was away');
      }
      await sleep(RECOVER_MS);
    }
  }

  async #reclaim(lock: LeaderLock): Promise<'ours' | 'lost' | 'later'> {
    const { lockedBy, holder } = await lock.look();
    if (holder !== this.holder) return 'lost';
    if (lockedBy === null) return (await lock.claim()) ? 'ours' : 'later';
    // Our own broken connection, which the store has not noticed yet.
    if (lockedBy === lock.applicationName) await lock.endLock(lockedBy);
    return 'later';
  }
}

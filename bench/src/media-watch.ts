/** Watches that audio keeps arriving at every leg: RTP counters twice a second. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Leg } from '@rexian/simulate';

export interface Gap {
  leg: string;
  /** Share of the expected packets that arrived, 0…1. */
  share: number;
  at: Date;
}

const INTERVAL_MS = 500;
const PACKETS_PER_MS = 1 / 20;
/** Fewer than this share over a window of four samples is a gap: a moment's stall of the machine is none. */
const ENOUGH = 0.6;
const WINDOW = 4;

interface Sample {
  at: number;
  received: number;
}

/** The share of expected packets between two samples. */
export function arrivedShare(before: Sample, now: Sample): number {
  return (now.received - before.received) / ((now.at - before.at) * PACKETS_PER_MS);
}

export class MediaWatch {
  readonly gaps: Gap[] = [];
  readonly #legs = new Map<string, { leg: Leg; samples: Sample[] }>();
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  add(name: string, leg: Leg): void {
    this.#legs.set(name, { leg, samples: [] });
  }

  /** This leg's audio may stop from now on: its other side is hanging up. */
  release(name: string): void {
    this.#legs.delete(name);
  }

  start(): void {
    this.#running = this.#watch();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await Promise.all([...this.#legs.keys()].map((name) => this.#sample(name)));
      await sleep(INTERVAL_MS, undefined, { signal }).catch(() => {});
    }
  }

  async #sample(name: string): Promise<void> {
    const entry = this.#legs.get(name);
    const statistics = await entry?.leg.rtp();
    // Released or over while we asked.
    if (!entry || !statistics || !this.#legs.has(name) || entry.leg.isOver) return;
    const now = { at: Date.now(), received: statistics.rxcount };
    entry.samples.push(now);
    if (entry.samples.length <= WINDOW) return;
    const share = arrivedShare(entry.samples.shift() ?? now, now);
    if (share < ENOUGH) this.gaps.push({ leg: name, share, at: new Date() });
  }
}

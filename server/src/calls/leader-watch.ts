/** How a process on standby judges who leads: pure, from what it saw of the lock and of the leader's beat. */

/** A beat that stays the same for so long is that of a process that hangs. */
export const STALE_MS = 3_000;
/** After the store was away the leader comes first: it takes its lock again and goes on with its calls. */
export const GRACE_MS = 3_000;
/** Looks further apart prove nothing: we, or the store, stood still in between. */
const GAP_MS = 1_500;

/** What was seen at one moment; times in ms of a clock that only goes forward. */
export interface Sight {
  at: number;
  /** Somebody holds the lock. */
  locked: boolean;
  /** Who led last, by the row that a leader leaves only when it is killed; null: nobody, or they said goodbye. */
  holder: string | null;
  beat: string | null;
  /** How long the store has been running. */
  storeUpMs: number;
}

/** `depose`: the leader hangs, its connections have to go. `other`: somebody else leads. */
export type Verdict = 'wait' | 'other' | 'claim' | 'depose';

export class LeaderWatch {
  /** When we came back to a store that we had lost; null: we never lost it. */
  #returnedAt: number | null = null;
  #seenAt: number | null = null;
  #beat: string | null = null;
  #beatSince = 0;

  /** Our connection broke and stands again. */
  returned(at: number): void {
    this.#returnedAt = at;
    this.#seenAt = null;
  }

  judge({ at, locked, holder, beat, storeUpMs }: Sight): Verdict {
    const continuous = this.#seenAt !== null && at - this.#seenAt <= GAP_MS;
    this.#seenAt = at;
    if (!continuous || beat !== this.#beat) {
      this.#beat = beat;
      this.#beatSince = at;
    }
    if (locked) return at - this.#beatSince >= STALE_MS ? 'depose' : 'other';
    if (holder === null) return 'claim';
    const returnedMs = this.#returnedAt === null ? Number.POSITIVE_INFINITY : at - this.#returnedAt;
    return Math.min(returnedMs, storeUpMs) < GRACE_MS ? 'wait' : 'claim';
  }
}

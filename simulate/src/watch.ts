/** Where each call stands as the platform sees it: the live monitor, read by a leader once a second and on each hint. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ContactState, LiveCall } from '@rexian/contracts';
import { maskNumber } from '@rexian/server/platform/masking.ts';
import type { PlatformSession } from './platform.ts';

export interface CallSeen {
  contactId: string;
  state: ContactState;
  /** Login name is not on the monitor; the agent's number is what both sides know. */
  agentNumber: string | null;
}

const POLL_MS = 1_000;
const PAUSE_MS = 250;

export class Watch {
  readonly #session: PlatformSession;
  readonly #leaving = new AbortController();
  readonly #onTrouble: (what: string) => void;
  #calls: readonly LiveCall[] = [];
  #hint = Promise.withResolvers<void>();
  #change = Promise.withResolvers<void>();
  #reading: Promise<void> = Promise.resolve();

  constructor(session: PlatformSession, onTrouble: (what: string) => void) {
    this.#session = session;
    this.#onTrouble = onTrouble;
  }

  /** Reads once (throws when the monitor can't be read), then keeps reading. */
  async start(): Promise<void> {
    await this.#look();
    this.#session.listen((message) => {
      if (message === null || message.topic === 'monitor') this.#hint.resolve();
    });
    this.#reading = this.#read();
  }

  /** The open call of a caller, or null. The monitor shows masked numbers. */
  find(callerNumber: string): CallSeen | null {
    const shown = maskNumber(callerNumber);
    const call = this.#calls.find((one) => one.callerNumber === shown && one.state !== 'ended');
    return call ? { contactId: call.id, state: call.state, agentNumber: call.agent?.agentNumber ?? null } : null;
  }

  /** Resolves when the next reading is there. */
  get changed(): Promise<void> {
    return this.#change.promise;
  }

  async stop(): Promise<void> {
    this.#leaving.abort();
    this.#hint.resolve();
    await this.#reading;
  }

  async #look(): Promise<void> {
    this.#calls = (await this.#session.api.monitor.calls({})).calls;
  }

  async #read(): Promise<void> {
    const { signal } = this.#leaving;
    while (!signal.aborted) {
      const quiet = new AbortController();
      const pause = sleep(POLL_MS, undefined, { signal: quiet.signal }).catch(() => {});
      await Promise.race([this.#hint.promise, pause]);
      quiet.abort();
      this.#hint = Promise.withResolvers<void>();
      try {
        await this.#look();
      } catch (error) {
        if (!signal.aborted) this.#onTrouble(`monitor: ${String(error)}`);
      }
      this.#change.resolve();
      this.#change = Promise.withResolvers<void>();
      await sleep(PAUSE_MS);
    }
  }
}

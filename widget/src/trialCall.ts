import type { TrialAccount } from '@rexian/contracts';
import { type Call, failureText, isActive, type LineStatistics, type Problem, Softphone } from '@rexian/softphone';
import { client, errorText } from './api.ts';

export type TrialState = {
  /** null until the server has told its numbers. */
  numbers: TrialAccount['numbers'] | null;
  /** The number the call will be shown with when the visitor enters none. */
  callerNumber: string;
  /** opening: between the click and the first SIP message. */
  opening: boolean;
  call: Call;
  /** Length of the last talk in milliseconds; 0 when it never came to one. */
  lastTalkMs: number;
  problem: Problem | null;
  error: string | null;
};

const CONNECT_DEADLINE_MS = 8_000;

/** One visitor's phone: a fresh account for each call, one call at a time. */
export class TrialCall {
  #state: TrialState = {
    numbers: null,
    callerNumber: '',
    opening: false,
    call: { state: 'idle' },
    lastTalkMs: 0,
    problem: null,
    error: null,
  };
  readonly #listeners = new Set<() => void>();
  #phone: Softphone | null = null;
  #attempt = 0;

  get = (): TrialState => this.#state;
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Learns the numbers that can be dialled. */
  async load(): Promise<void> {
    try {
      const { numbers, callerNumber } = await client.trial.open({});
      // The short service numbers first: they are what people know.
      const byLength = numbers.toSorted((a, b) => a.number.length - b.number.length);
      this.#set({ numbers: byLength, callerNumber, error: null });
    } catch (error) {
      this.#set({ error: errorText(error) });
    }
  }

  async dial(number: string, callerNumber: string): Promise<void> {
    if (this.#state.opening || isActive(this.#state.call)) return;
    this.#set({ opening: true, error: null, problem: null });
    const attempt = ++this.#attempt;
    try {
      const account = await client.trial.open(callerNumber ? { callerNumber } : {});
      if (attempt !== this.#attempt) return;
      const phone = this.#replacePhone(account);
      const up = await phone.connected(CONNECT_DEADLINE_MS);
      if (attempt !== this.#attempt) return;
      if (!up) return this.#fail(failureText.network);
      this.#set({ opening: false });
      await phone.dial(number, { extraHeaders: [`X-Rexian-Caller: ${account.callerNumber}`] });
    } catch (error) {
      if (attempt === this.#attempt) this.#fail(errorText(error));
    }
  }

  /** Ends the call, or gives up one that is still being prepared. */
  hangUp(): void {
    this.#attempt++;
    if (this.#state.opening) this.#set({ opening: false });
    this.#phone?.hangUp();
  }
  mute(muted: boolean): void {
    this.#phone?.mute(muted);
  }
  sendKey(key: string): void {
    this.#phone?.sendDtmf(key);
  }
  unlockSound(): void {
    this.#phone?.unlockSound();
  }
  statistics(): Promise<LineStatistics | null> {
    return this.#phone?.statistics() ?? Promise.resolve(null);
  }

  #replacePhone(account: TrialAccount): Softphone {
    this.#phone?.stop();
    const phone = new Softphone({ ...account, register: false });
    this.#phone = phone;
    phone.on('call', (call) => {
      if (this.#phone !== phone) return;
      const failure = call.state === 'ended' ? call.failure : null;
      const before = this.#state.call;
      const lastTalkMs = before.state === 'talking' && call.state === 'ended' ? call.since - before.since : 0;
      this.#set({ call, lastTalkMs, error: failure ? failureText[failure] : null });
      // The account is for one call: leave the server as soon as it is over.
      if (call.state === 'ended') setTimeout(() => this.#release(phone), 1_000);
    });
    phone.on('problem', (problem) => this.#set({ problem }));
    phone.start();
    phone.unlockSound();
    return phone;
  }

  #release(phone: Softphone): void {
    if (this.#phone !== phone) return;
    this.#phone = null;
    phone.stop();
  }

  #fail(error: string): void {
    if (this.#phone) this.#release(this.#phone);
    this.#set({ opening: false, error });
  }

  #set(change: Partial<TrialState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of [...this.#listeners]) listener();
  }
}

import type { PhoneAccount, PhoneChoice, PhoneKind } from '@rexian/contracts';
import {
  type Call,
  type CallFailure,
  onDeviceChange,
  type Problem,
  type Registration,
  requestMicrophone,
  Softphone,
} from '@rexian/softphone';
import { countAsWorking } from '../platform/activity.ts';
import { client } from '../platform/api.ts';
import { errorCode } from '../platform/errors.ts';
import { realtime } from '../platform/realtime.ts';
import { Store } from '../platform/store.ts';
import { audioChoice } from './audio/audioChoice.ts';
import { judge, type Phase } from './ownership.ts';

export type DeskSessionState = {
  phase: Phase;
  sessionId: string | null;
  phoneKind: PhoneKind | null;
  /** Of the browser phone. */
  registration: Registration;
  call: Call;
  problem: Problem | null;
  /** Why the microphone can't be used, null when it can. */
  microphone: CallFailure | null;
};

const STORAGE_KEY = 'rexian.desk.session';

const empty: DeskSessionState = {
  phase: 'unknown',
  sessionId: null,
  phoneKind: null,
  registration: { state: 'stopped' },
  call: { state: 'idle' },
  problem: null,
  microphone: null,
};

/** The page's side of the desk session: who owns it, and the browser phone that belongs to it. */
export class DeskSession {
  readonly store = new Store<DeskSessionState>({ ...empty, sessionId: sessionStorage.getItem(STORAGE_KEY) });
  #phone: Softphone | null = null;
  #stops: (() => void)[] = [];
  #changedAt = 0;

  get phone(): Softphone | null {
    return this.#phone;
  }

  /** Signs in here; another page of the same agent loses its desk. Throws the API's error. */
  async signIn(phone: PhoneChoice, autoAnswer: boolean): Promise<void> {
    const before = this.store.get().phase;
    this.#update({ phase: 'signing_in' });
    try {
      const { sessionId, account } = await client.desk.signIn({ phone, autoAnswer });
      this.#close();
      this.#changedAt = performance.now();
      sessionStorage.setItem(STORAGE_KEY, sessionId);
      this.store.set({ ...empty, phase: 'signed_in', sessionId, phoneKind: phone.kind });
      if (account) this.#open(account);
    } catch (error) {
      this.#update({ phase: before === 'signing_in' ? 'unknown' : before });
      throw error;
    }
  }

  /** Signs out if this page owns the desk. Throws the API's error, e.g. in the middle of a call. */
  async signOut(): Promise<void> {
    const { phase, sessionId } = this.store.get();
    if (phase !== 'signed_in' || !sessionId) return;
    try {
      await client.desk.signOut({ sessionId });
    } catch (error) {
      if (errorCode(error) !== 'NOT_SIGNED_IN' && errorCode(error) !== 'TAKEN_OVER') throw error;
    }
    this.#leave('signed_out');
  }

  /**
   * Takes in what the server says about the session; asks for `resume` when the browser phone has to be opened again.
   * @param askedAt performance.now() when the question was sent
   */
  observe(current: { id: string; phone: { kind: PhoneKind } } | null, askedAt: number): 'resume' | null {
    const { phase, sessionId } = this.store.get();
    // An answer to a question from before the sign-in still names the session that was replaced.
    if (askedAt < this.#changedAt) return null;
    const hasPhone = this.#phone !== null || (current !== null && current.phone.kind !== 'browser');
    switch (judge(phase, sessionId, current?.id ?? null, hasPhone)) {
      case 'signed_out':
        this.#leave('signed_out');
        return null;
      case 'elsewhere':
        this.#leave('elsewhere');
        return null;
      case 'signed_in':
        this.#update({ phase: 'signed_in', phoneKind: current?.phone.kind ?? null });
        return null;
      case 'resume':
        return 'resume';
      case 'nothing':
        return null;
    }
  }

  takenOver(): void {
    this.#leave('elsewhere');
  }

  async checkMicrophone(): Promise<CallFailure | null> {
    const microphone = await requestMicrophone(audioChoice.get().microphone);
    this.#update({ microphone });
    return microphone;
  }

  /** A click or a key press happened: browsers allow sound from now on. */
  unlockSound(): void {
    this.#phone?.unlockSound();
    if (this.store.get().problem === 'sound_blocked') this.#update({ problem: null });
  }

  async answer(): Promise<void> {
    try {
      await this.#phone?.answer();
      this.#update({ microphone: null });
    } catch (error) {
      const failure = (error as { failure?: CallFailure }).failure;
      this.#update({ microphone: failure ?? 'microphone_missing' });
      throw error;
    }
  }

  /** Leaves the page's memory only (log-out, other viewer): the server's session is not touched. */
  forget(): void {
    this.#close();
    this.store.set({ ...empty, sessionId: sessionStorage.getItem(STORAGE_KEY) });
  }

  #open(account: PhoneAccount): void {
    const phone = new Softphone(account);
    this.#phone = phone;
    this.#stops = [
      phone.on('registration', (registration) => this.#update({ registration })),
      phone.on('call', (call) => this.#callChanged(call)),
      phone.on('problem', (problem) => this.#update({ problem })),
      audioChoice.subscribe(() => this.#openDevices()),
      onDeviceChange(() => this.#devicesChanged()),
    ];
    void phone.chooseDevices(audioChoice.get());
    phone.start();
    phone.unlockSound();
    void this.checkMicrophone();
  }

  #callChanged(call: Call): void {
    this.#update({ call });
    if (call.state !== 'ended' || this.store.get().problem !== 'microphone_lost') return;
    this.#update({ problem: null });
    // It broke during the call: is it there for the next one?
    void this.checkMicrophone();
  }

  /** A headset plugged in again is noticed without a click, in the middle of a talk too. */
  #devicesChanged(): void {
    if (this.store.get().problem === 'microphone_lost') this.#openDevices();
    if (this.store.get().microphone) void this.checkMicrophone();
  }

  #openDevices(): void {
    this.#phone?.chooseDevices(audioChoice.get()).then(
      () => this.store.get().problem === 'microphone_lost' && this.#update({ problem: null, microphone: null }),
      () => this.#update({ problem: 'microphone_lost' }),
    );
  }

  #leave(phase: 'signed_out' | 'elsewhere'): void {
    this.#close();
    this.#changedAt = performance.now();
    sessionStorage.removeItem(STORAGE_KEY);
    this.store.set({ ...empty, phase });
  }

  #close(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#phone?.stop();
    this.#phone = null;
  }

  #update(change: Partial<DeskSessionState>): void {
    this.store.set({ ...this.store.get(), ...change });
  }
}

export const deskSession = new DeskSession();
countAsWorking(() => deskSession.store.get().phase === 'signed_in');
deskSession.store.subscribe(() => {
  const { phase, sessionId } = deskSession.store.get();
  realtime.announceDesk(phase === 'signed_in' ? sessionId : null);
});

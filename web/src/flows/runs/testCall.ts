/** The phone of a test call: a code and an account for each call, one call at a time. */
import { type Call, failureText, isActive, type Problem, requestMicrophone, Softphone } from '@rexian/softphone';
import { client } from '../../platform/api.ts';
import { errorText } from '../../platform/errors.ts';
import { Store } from '../../platform/store.ts';

export interface TestCallState {
  /** Between the click and the first SIP message. */
  opening: boolean;
  call: Call;
  /** The call's contact, once it has been answered. */
  contactId: string | null;
  /** Keys pressed so far. */
  keys: string;
  problem: Problem | null;
  error: string | null;
}

const NONE: TestCallState = {
  opening: false,
  call: { state: 'idle' },
  contactId: null,
  keys: '',
  problem: null,
  error: null,
};
const CONNECT_DEADLINE_MS = 8_000;
/** The hang-up has to get out before the socket closes. */
const RELEASE_MS = 1_000;

export class TestPhone {
  readonly state = new Store<TestCallState>(NONE);
  #phone: Softphone | null = null;
  #attempt = 0;

  /** Calls the flow as it was seen; what stands in the way is told in `error`. */
  async dial(flow: { id: string; revision: number; callerNumber: string }): Promise<void> {
    const { opening, call } = this.state.get();
    if (opening || isActive(call)) return;
    const attempt = ++this.#attempt;
    const gone = () => attempt !== this.#attempt;
    this.state.set({ ...NONE, opening: true });
    try {
      // The code is good for a minute: whoever is asked for the microphone may take longer.
      const refused = await requestMicrophone();
      if (gone()) return;
      if (refused) return this.#fail(failureText[refused]);
      const { id, revision, callerNumber } = flow;
      const account = await client.flowRuns.test({ id, revision, ...(callerNumber ? { callerNumber } : {}) });
      if (gone()) return;
      const phone = this.#replacePhone(account, account.contactId);
      const up = await phone.connected(CONNECT_DEADLINE_MS);
      if (gone()) return;
      if (!up) return this.#fail(failureText.network);
      this.#change({ opening: false });
      await phone.dial(account.dial, { extraHeaders: [`X-Rexian-Caller: ${account.callerNumber}`] });
    } catch (error) {
      if (!gone()) this.#fail(errorText(error));
    }
  }

  /** Ends the call, or gives up one that is still being prepared. */
  hangUp(): void {
    this.#attempt++;
    if (this.state.get().opening) this.#change({ opening: false });
    this.#phone?.hangUp();
  }

  press(key: string): void {
    if (this.state.get().call.state !== 'talking') return;
    this.#phone?.sendDtmf(key);
    this.#change({ keys: this.state.get().keys + key });
  }

  mute(muted: boolean): void {
    this.#phone?.mute(muted);
  }

  unlockSound(): void {
    this.#phone?.unlockSound();
    this.#change({ problem: null });
  }

  /** Figures of the line; null when nobody talks. */
  statistics = () => this.#phone?.statistics() ?? Promise.resolve(null);

  /** Lets go of everything. */
  close(): void {
    this.hangUp();
    const phone = this.#phone;
    if (phone) setTimeout(() => this.#release(phone), RELEASE_MS);
    this.state.set(NONE);
  }

  #replacePhone(account: ConstructorParameters<typeof Softphone>[0], contactId: string): Softphone {
    this.#phone?.stop();
    const phone = new Softphone({ ...account, register: false });
    this.#phone = phone;
    phone.on('call', (call) => {
      if (this.#phone !== phone) return;
      const failure = call.state === 'ended' ? call.failure : null;
      const answered = call.state === 'talking' ? { contactId } : {};
      this.#change({ call, ...answered, error: failure ? failureText[failure] : null });
      if (call.state === 'ended') setTimeout(() => this.#release(phone), RELEASE_MS);
    });
    phone.on('problem', (problem) => this.#change({ problem }));
    phone.start();
    phone.unlockSound();
    return phone;
  }

  #release(phone: Softphone): void {
    if (this.#phone === phone) this.#phone = null;
    phone.stop();
  }

  #fail(error: string): void {
    if (this.#phone) this.#release(this.#phone);
    this.#change({ opening: false, error });
  }

  #change(change: Partial<TestCallState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}

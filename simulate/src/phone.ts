/** A simulated agent's SIP phone: registers with its account, rings, answers or not, talks. */
import type { StasisStart } from '@rexian/server/engines/asterisk/generated/ari.ts';
import { Leg, type LegHost } from './leg.ts';

export interface PhoneAccess {
  username: string;
  password: string;
  /** host:port of the SIP registrar. */
  registrar: string;
}

/** What a phone does with a call: answers or rejects after some time of ringing, or lets it ring. */
export type Answering =
  | { kind: 'answers'; afterMs: number }
  | { kind: 'rejects'; afterMs: number }
  | { kind: 'ignores' };

/** One call at a phone. */
export class PhoneCall extends Leg {
  /** The caller's number as the phone shows it. */
  readonly from: string;
  /** The platform's id of the contact, from the header X-Rexian-Contact; empty when there is none. */
  readonly contactId: string;
  readonly arrivedAt: Date;
  #answeredAt: Date | null = null;
  readonly #answered = Promise.withResolvers<Date | null>();

  constructor(host: LegHost, event: StasisStart) {
    super(host, event.channel.id, 'agent');
    this.from = event.channel.caller.number;
    this.contactId = event.args[2] ?? '';
    this.arrivedAt = new Date(event.timestamp);
    void this.ended.then(() => this.#answered.resolve(null));
  }

  get answeredAt(): Date | null {
    return this.#answeredAt;
  }

  /** Resolves with the moment of our 200 OK, or with null when the call ended without one. */
  get answered(): Promise<Date | null> {
    return this.#answered.promise;
  }

  async ring(): Promise<void> {
    await this.host.ari.attempt('channels.ring', { channelId: this.id });
  }

  async answer(): Promise<void> {
    const at = new Date();
    const done = await this.host.ari.attempt('channels.answer', { channelId: this.id });
    if (done === null || this.isOver) return;
    this.#answeredAt = at;
    this.startSpeaking();
    this.#answered.resolve(at);
  }

  /** 486 Busy Here. */
  async reject(): Promise<void> {
    await this.hangUp('17');
  }
}

export interface PhoneEvents {
  /** A call arrived; it rings already. */
  onCall?: (call: PhoneCall) => void;
}

export class SimulatedPhone {
  readonly username: string;
  /** How the next call is treated; may be changed at any time. */
  answering: Answering = { kind: 'answers', afterMs: 1_000 };
  readonly #host: LegHost;
  readonly #events: PhoneEvents;
  readonly #unregister: () => Promise<void>;
  #call: PhoneCall | null = null;

  constructor(host: LegHost, username: string, unregister: () => Promise<void>, events: PhoneEvents) {
    this.#host = host;
    this.username = username;
    this.#unregister = unregister;
    this.#events = events;
  }

  /** The call that is at this phone now. */
  get call(): PhoneCall | null {
    return this.#call;
  }

  /** Called by the carrier with a new INVITE for this phone. */
  receive(event: StasisStart): PhoneCall {
    const call = new PhoneCall(this.#host, event);
    this.#call = call;
    void call.ended.then(() => {
      if (this.#call === call) this.#call = null;
    });
    void this.#treat(call).catch(() => call.hangUp());
    return call;
  }

  async #treat(call: PhoneCall): Promise<void> {
    await call.ring();
    this.#events.onCall?.(call);
    const { answering } = this;
    if (answering.kind === 'ignores') return;
    await Promise.race([call.ended, new Promise((resolve) => setTimeout(resolve, answering.afterMs))]);
    if (call.isOver) return;
    if (answering.kind === 'answers') await call.answer();
    else await call.reject();
  }

  /** Hangs up what is there and takes the registration back. */
  async close(): Promise<void> {
    await this.#call?.hangUp();
    await this.#unregister();
  }
}

/** A caller of the carrier: a call on its way to the platform, and then in it. */
import type { AriEvent } from '@rexian/server/engines/asterisk/generated/ari.ts';
import { Leg, type LegHost } from './leg.ts';

export interface CallAddress {
  /** The caller's number. */
  from: string;
  /** The number dialled. */
  to: string;
}

/** The call was not answered: refused, ended, or too late. */
export class NotAnswered extends Error {}

export class SimulatedCaller extends Leg {
  readonly from: string;
  readonly to: string;
  #ringingAt: Date | null = null;
  #answeredAt: Date | null = null;
  readonly #answered = Promise.withResolvers<Date>();

  constructor(host: LegHost, id: string, address: CallAddress) {
    super(host, id, 'caller');
    this.from = address.from;
    this.to = address.to;
    this.#answered.promise.catch(() => {});
    void this.ended.then(({ cause, text }) =>
      this.#answered.reject(new NotAnswered(`call ended before the answer: ${cause} ${text}`)),
    );
  }

  /** When the other side began to ring (180); null: it never did. */
  get ringingAt(): Date | null {
    return this.#ringingAt;
  }

  get answeredAt(): Date | null {
    return this.#answeredAt;
  }

  /** Resolves with the moment of the answer (200 OK). Rejects with NotAnswered, after hanging up when it's too late. */
  async answered(deadlineMs: number): Promise<Date> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new NotAnswered(`no answer in ${deadlineMs} ms`)), deadlineMs);
    });
    try {
      return await Promise.race([this.#answered.promise, late]);
    } catch (error) {
      await this.hangUp();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  override handle(event: AriEvent): void {
    if (event.type === 'StasisStart' && event.channel.id === this.id) {
      this.#answeredAt = new Date(event.timestamp);
      this.startSpeaking();
      this.#answered.resolve(this.#answeredAt);
    }
    if (event.type === 'ChannelStateChange' && event.channel.id === this.id && event.channel.state === 'Ringing')
      this.#ringingAt ??= new Date(event.timestamp);
    super.handle(event);
  }
}

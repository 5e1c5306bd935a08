/** Short-message gateways, each behind the same few words. */
export interface SmsCapabilities {
  /** Kept with each message that it took. */
  id: string;
  /** Longest text that it takes. */
  maxCharacters: number;
  /** The same id twice is one message there. */
  idempotent: boolean;
}

export interface OutgoingSms {
  /** The same in every attempt. */
  id: string;
  number: string;
  text: string;
  signal: AbortSignal;
}

export interface SmsGateway {
  capabilities: SmsCapabilities;
  /** Gives the gateway's own name for the message. Throws SmsRefused when trying again is no use, else SmsFailed; neither tells the number. */
  send(message: OutgoingSms): Promise<string>;
}

export class SmsFailed extends Error {
  /** What people are told. */
  readonly told: string;

  constructor(message: string, told: string, options?: ErrorOptions) {
    super(message, options);
    this.told = told;
  }
}

/** The gateway has understood, and will not send it. */
export class SmsRefused extends SmsFailed {}

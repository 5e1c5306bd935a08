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
  /** Gives the gateway's own name for the message. Throws SmsRefused when trying again is no use, else any Error; neither tells the number. */
  send(message: OutgoingSms): Promise<string>;
}

/** The gateway has understood, and will not send it. */
export class SmsRefused extends Error {}

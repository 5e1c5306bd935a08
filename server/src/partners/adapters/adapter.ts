/** How a kind of platform wants to be told. */
import type { ExchangeMessageKind } from '@rexian/contracts';
import type { OutgoingBodies } from '../../work-orders/exchange/outbox.ts';

/** As JSON has it: times are ISO 8601. */
type Written<T> = T extends Date
  ? string
  : T extends readonly (infer Each)[]
    ? Written<Each>[]
    : T extends object
      ? { [Key in keyof T]: Written<T[Key]> }
      : T;

interface Envelope {
  /** The same in every attempt. */
  id: string;
  exchange: string;
  sequence: number;
  at: Date;
}
export type Letter = {
  [Kind in ExchangeMessageKind]: Envelope & { kind: Kind; body: Written<OutgoingBodies[Kind]> };
}[ExchangeMessageKind];

/** `POST` of JSON; the path is what is signed. */
export interface Call {
  path: string;
  body: object;
}

export interface Adapter {
  /** Between the address that people set and the paths. */
  root: string;
  /** Path below which attachments are fetched by their ids, there as here. */
  files: string;
  ping: Call;
  call(letter: Letter): Call;
  /** The order's number there, as the answer has it; empty: it says none. */
  reference(answer: unknown): string;
}

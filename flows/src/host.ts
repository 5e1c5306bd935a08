/** What nodes ask of the channel that they run on. Voice is the first; video and chat will be others. */
import type { VoicemailScene } from '@rexian/contracts';

/** Ways out of a queue beside being served and running out of time. A flow without one of them goes on by `timeout`. */
export const QUEUE_WAYS = ['full', 'voicemail'] as const;
export type QueueWay = (typeof QUEUE_WAYS)[number];

export interface QueueRequest {
  queueId: string;
  /** Spoken to a caller with `{position}` calls before them (at least one). */
  positionText: string;
  /** Spoken to the next in line. */
  nextText: string;
  /** Ways out that this flow has: nobody is offered what it can't keep. */
  ways: ReadonlySet<QueueWay>;
  signal: AbortSignal;
}

/** What a key stands for. */
export interface KeyChoice {
  key: string;
  label: string;
}

/**
 * Asks for a mark from those who have talked to somebody; others are asked nothing. Keys 1…5 are 非常满意 … 非常不满意; what is stored is
 * the score, 5…1 (5 is best).
 */
export interface SatisfactionRequest {
  node: string;
  invitation: string;
  /** How often the invitation is spoken before the caller is let go without a mark. */
  attempts: number;
  timeoutMs: number;
  /** Asked after 不满意 and 非常不满意. */
  reasonText: string;
  /** Empty: no reason is asked for. */
  reasons: readonly KeyChoice[];
  invalidText: string;
  thanksText: string;
  signal: AbortSignal;
}

/** By the working calendar. `holiday`: the whole day has no hours. */
export type Opening = 'open' | 'closed' | 'holiday';

/** Records what the caller says after the tone, until `#`, silence, the limit, or the hang-up, which loses nothing. */
export interface VoicemailRequest {
  node: string;
  scene: VoicemailScene;
  prompt: string;
  maxSeconds: number;
  /** Silence that ends the message. */
  silenceSeconds: number;
  thanksText: string;
  signal: AbortSignal;
}

/** Offers to call back whoever has waited in vain; their place in the queue is kept. (While they wait, the queue offers it by itself.) */
export interface CallbackRequest {
  node: string;
  text: string;
  /** Key that accepts. */
  key: string;
  timeoutMs: number;
  signal: AbortSignal;
}

/** Asks something of another system. */
export interface LookupRequest {
  node: string;
  url: string;
  method: 'GET' | 'POST';
  /** Sent as JSON with POST. */
  body: Readonly<Record<string, unknown>>;
  deadlineMs: number;
  signal: AbortSignal;
}

/** `body`: what JSON was answered. */
export type LookupAnswer = { found: unknown } | 'not_found' | 'failed';

/** Rings one person, and nobody else when they aren't free. */
export interface AgentRequest {
  node: string;
  personId: string;
  ringSeconds: number;
  signal: AbortSignal;
}

export type TransferTarget = { kind: 'number'; number: string } | { kind: 'centre'; accessCodeId: string };

export interface TransferRequest {
  node: string;
  to: TransferTarget;
  ringSeconds: number;
  signal: AbortSignal;
}

/**
 * What a host throws when the call goes on elsewhere, or not at all: it passes through the flow, which is over. (Everything else that a
 * host throws leads to the exit `failed` of the node.)
 */
export class FlowLeft extends Error {}

export interface NodeHost {
  /** Speaks a text; with `bargeIn` a key cuts it short. Keys are kept for the next `collectKey` either way. */
  play(request: { text: string; bargeIn: boolean; signal: AbortSignal }): Promise<void>;
  /** Speaks texts one after the other until a key interrupts, then waits; null: no key came. */
  collectKey(request: { texts: string[]; timeoutMs: number; signal: AbortSignal }): Promise<string | null>;
  /** Notes keys for the trajectory, with the words of what they chose (null: nothing). */
  keyPressed(node: string, key: string, label: string | null): Promise<void>;
  /** Whether the unit of the call is open now. */
  opening(node: string): Promise<Opening>;
  /** Waits for an agent and through the talk with them. `failed`: there is no such queue. */
  queue(request: QueueRequest): Promise<'served' | 'timeout' | 'failed' | QueueWay>;
  /** Rings one person and stays through the talk. */
  agent(request: AgentRequest): Promise<'served' | 'unavailable'>;
  /** The same with a number outside or another centre. */
  transfer(request: TransferRequest): Promise<'served' | 'failed'>;
  satisfaction(request: SatisfactionRequest): Promise<void>;
  voicemail(request: VoicemailRequest): Promise<'left' | 'none'>;
  callback(request: CallbackRequest): Promise<'booked' | 'declined'>;
  lookup(request: LookupRequest): Promise<LookupAnswer>;
  /** A short message to the caller. `sent`: it will be, however long the gateway is away. */
  sms(request: { node: string; text: string; signal: AbortSignal }): Promise<'sent' | 'failed'>;
  /** A draft that an agent goes through later. */
  workOrder(request: { node: string; title: string; content: string }): Promise<'created' | 'failed'>;
}

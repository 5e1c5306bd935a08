/** What a flow asks of the channel it runs on. Voice is the first host; video and chat will be others. */

export interface QueueRequest {
  queueId: string;
  /** Spoken to a caller with `{position}` calls before them (at least one). */
  positionText: string;
  /** Spoken to the next in line. */
  nextText: string;
  signal: AbortSignal;
}

export interface FlowHost {
  /** Speaks a text; with `bargeIn` a key cuts it short. Keys are kept for the next `collectKey` either way. */
  play(request: { text: string; bargeIn: boolean; signal: AbortSignal }): Promise<void>;
  /** Speaks texts one after the other until a key interrupts, then waits; null: no key came. */
  collectKey(request: { texts: string[]; timeoutMs: number; signal: AbortSignal }): Promise<string | null>;
  /** Notes a key for the trajectory, with the words of what it chose (null: it chose nothing). */
  keyPressed(node: string, key: string, label: string | null): Promise<void>;
  /** Whether the unit of the call is open now, by its working calendar. */
  isOpen(node: string): Promise<boolean>;
  /** Waits for an agent and through the talk with them. */
  queue(request: QueueRequest): Promise<'served' | 'timeout'>;
}

/** The calls of `bench survive` as the SIP side knows them: who talks, who hangs up when, and whether somebody else cut them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { maskNumber } from '@rexian/server/platform/masking.ts';
import type { Carrier, LegEnd, PhoneCall, SimulatedCaller } from '@rexian/simulate';
import { NUMBER } from './seed.ts';

export interface Talk {
  number: string;
  caller: SimulatedCaller;
  phone: PhoneCall;
  /** Who hangs up, once decided. */
  hangingUp: 'caller' | 'agent' | null;
  hungUpAt: Date | null;
}

const ANSWER_MS = 10_000;
const TALK_DEADLINE_MS = 30_000;
const PRESS_AFTER_MS = 1_000;

/** Where arriving phone calls are announced: the caller's number tells which call it is, masked as phones show it. */
export class PhoneDesk {
  readonly #waiting = new Map<string, PromiseWithResolvers<PhoneCall>>();

  readonly onCall = (call: PhoneCall): void => this.#slot(call.from).resolve(call);

  arrival(number: string): Promise<PhoneCall> {
    return this.#slot(maskNumber(number)).promise;
  }

  #slot(number: string): PromiseWithResolvers<PhoneCall> {
    const slot = this.#waiting.get(number) ?? Promise.withResolvers<PhoneCall>();
    this.#waiting.set(number, slot);
    return slot;
  }
}

/** One caller who gets through to an agent. Throws when that takes too long. */
export async function beginTalk(carrier: Carrier, desk: PhoneDesk, number: string): Promise<Talk> {
  const caller = await carrier.call({ from: number, to: NUMBER });
  await caller.answered(ANSWER_MS);
  await sleep(PRESS_AFTER_MS);
  await caller.press('1');
  const late = sleep(TALK_DEADLINE_MS, null, { ref: false });
  const phone = await Promise.race([desk.arrival(number), late]);
  if (!phone || !(await Promise.race([phone.answered, late]))) throw new Error(`${number} reached no agent`);
  return { number, caller, phone, hangingUp: null, hungUpAt: null };
}

/** One side hangs up; resolves when both sides have ended. */
export async function endTalk(talk: Talk, by: 'caller' | 'agent', deadlineMs: number): Promise<void> {
  talk.hangingUp = by;
  talk.hungUpAt = new Date();
  const [first, second] = by === 'caller' ? [talk.caller, talk.phone] : [talk.phone, talk.caller];
  await first.hangUp();
  const end = await Promise.race([second.ended, sleep(deadlineMs, null, { ref: false })]);
  if (!end) throw new Error(`${talk.number}: the other side was not hung up within ${deadlineMs} ms`);
}

/** The platform ended a side before either of them wanted to. */
export function wasCut(hungUpAt: Date | null, ends: readonly (LegEnd | null)[]): boolean {
  return ends.some((end) => end?.by === 'them' && (hungUpAt === null || end.at.getTime() < hungUpAt.getTime()));
}

/** Length of the talk as both phones know it: from the agent's 200 OK to the first hang-up. */
export function trueTalkMs({ phone, hungUpAt }: Talk): number {
  return (hungUpAt?.getTime() ?? 0) - (phone.answeredAt?.getTime() ?? 0);
}

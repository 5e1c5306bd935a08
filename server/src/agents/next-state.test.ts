import { type NextState, nextState } from '@rexian/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterCall, type Say } from './next-state.ts';

const word = (state: NextState) => ({ state, ...(state === 'not_ready' ? { reason: 'meal' as const } : {}) });
const wish = fc.option(fc.constantFrom(...nextState.values).map(word));
const planned = fc.option(
  fc.record({ state: fc.constantFrom(...nextState.values), forced: fc.boolean() }).map(({ state, forced }) => ({
    ...{ state, forced },
    reason: state === 'not_ready' ? (forced ? ('forced' as const) : ('meeting' as const)) : null,
  })),
);
const failed = fc.option(fc.constantFrom('no_answer' as const, 'phone_unreachable' as const));
const say: fc.Arbitrary<Say> = fc.record({ planned, wish, failed, autoReady: fc.boolean() });

describe('what comes after a call', () => {
  it("is a leader's word whatever the agent says before or after it, and nobody is ready by a call that failed", () => {
    fc.assert(
      fc.property(say, (said) => {
        const after = afterCall(said);
        if (said.failed) expect(after.state).not.toBe('ready');
        if (!said.planned?.forced) return;
        const { state, reason } = said.planned;
        if (state === 'ready')
          expect(after).toEqual(said.failed ? { state: 'not_ready', reason: said.failed } : { state });
        else expect(after).toMatchObject({ state, ...(reason ? { reason } : {}) });
      }),
    );
  });

  it("is the agent's last word without one, and the queue's when nobody said anything", () => {
    const own = { state: 'not_ready', reason: 'meeting', forced: false } as const;
    const nothing = { planned: null, autoReady: false };
    expect(afterCall({ ...nothing, autoReady: true })).toEqual({ state: 'ready' });
    expect(afterCall(nothing)).toEqual({ state: 'not_ready', reason: 'after_call' });
    expect(afterCall({ planned: own, autoReady: true })).toEqual({ state: 'not_ready', reason: 'meeting' });
    expect(afterCall({ planned: own, wish: { state: 'ready' }, autoReady: false })).toEqual({ state: 'ready' });
    expect(afterCall({ planned: own, wish: { state: 'signed_out' }, autoReady: true })).toEqual({
      ...{ state: 'signed_out', reason: 'after_call' },
    });
    expect(afterCall({ planned: own, failed: 'rejected', autoReady: true })).toEqual({
      ...{ state: 'not_ready', reason: 'rejected' },
    });
    const leaving = { state: 'signed_out', reason: null, forced: false } as const;
    expect(afterCall({ planned: leaving, failed: 'no_answer', autoReady: true })).toEqual({
      ...{ state: 'signed_out', reason: 'no_answer' },
    });
  });
});

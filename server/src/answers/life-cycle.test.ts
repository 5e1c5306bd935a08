import { type ProposalState, proposalState } from '@rexian/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextState, type ProposalAct, requireAct } from './life-cycle.ts';

const acts = ['adopt', 'return', 'recall'] as const;

it('whatever people do: one word decides, and nothing after it changes anything', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom<ProposalAct>(...acts), { maxLength: 20 }), (sequence) => {
      let state: ProposalState = 'pending';
      const taken: ProposalAct[] = [];
      for (const act of sequence) {
        const next = nextState(state, act);
        if (next === null) {
          expect(state).not.toBe('pending');
          expect(() => requireAct(state, act)).toThrow(`该提交${proposalState.labels[state]}`);
          continue;
        }
        expect(requireAct(state, act)).toBe(next);
        expect(next).not.toBe('pending');
        taken.push(act);
        state = next;
      }
      expect(taken).toEqual(sequence.slice(0, 1));
    }),
  );
});

it('leads to every state', () => {
  const reached = new Set<ProposalState>(['pending', ...acts.flatMap((act) => nextState('pending', act) ?? [])]);
  expect([...reached].sort()).toEqual([...proposalState.values].sort());
});

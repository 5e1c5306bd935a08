import type { OverflowStep } from '@rexian/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openedQueues, overflowDue } from './overflow.ts';

const when = fc.oneof(
  fc.record({ by: fc.constant('after' as const), seconds: fc.nat(10) }),
  fc.record({ by: fc.constant('waitingOver' as const), calls: fc.nat(5) }),
);
const doing = fc.oneof(
  fc.record({ action: fc.constantFrom('also' as const, 'move' as const), queueId: fc.constantFrom('q1', 'q2') }),
  fc.record({ action: fc.constantFrom('voicemail' as const, 'callback' as const, 'leave' as const) }),
);
const steps = fc.array(fc.record({ when, do: doing }), { maxLength: 6 }).map((list) => list as OverflowStep[]);
const stay = fc.record({
  enteredAt: fc.constant(1_000_000),
  now: fc.nat(12_000).map((ms) => 1_000_000 + ms),
  waiting: fc.integer({ min: 1, max: 7 }),
  taken: fc.uniqueArray(fc.nat(5)).map((list) => new Set(list)),
});

const after = (seconds: number, queueId = 'q1'): OverflowStep => ({
  when: { by: 'after', seconds },
  do: { action: 'also', queueId },
});

describe('overflow', () => {
  it('takes its steps in order, each once, and none before its time', () => {
    fc.assert(
      fc.property(steps, stay, (overflow, given) => {
        const taken = new Set(given.taken);
        const order: number[] = [];
        for (;;) {
          const { due } = overflowDue({ overflow }, { ...given, taken });
          if (!due) break;
          expect(taken.has(due.index)).toBe(false);
          const { when } = due.step;
          if (when.by === 'after') expect(given.now - given.enteredAt).toBeGreaterThanOrEqual(when.seconds * 1000);
          else expect(given.waiting).toBeGreaterThan(when.calls);
          order.push(due.index);
          taken.add(due.index);
        }
        expect(order).toEqual([...order].sort((a, b) => a - b));
      }),
    );
  });

  it('says when time makes the next step due: nothing is due in between, and something is then', () => {
    fc.assert(
      fc.property(steps, stay, (overflow, given) => {
        const all = new Set(overflow.keys());
        // Take all that is due now: what is left waits for time, or for more callers.
        const taken = new Set(given.taken);
        for (let found = overflowDue({ overflow }, { ...given, taken }); found.due; ) {
          taken.add(found.due.index);
          found = overflowDue({ overflow }, { ...given, taken });
        }
        const { nextAt } = overflowDue({ overflow }, { ...given, taken });
        if (nextAt === null) {
          const late = overflowDue({ overflow }, { ...given, taken, now: given.enteredAt + 99_999 });
          expect(late.due).toBeNull();
          return;
        }
        expect(nextAt).toBeGreaterThan(given.now);
        expect(overflowDue({ overflow }, { ...given, taken, now: nextAt - 1 }).due).toBeNull();
        const { due } = overflowDue({ overflow }, { ...given, taken, now: nextAt });
        expect(due && all.has(due.index)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('opens queues for as long as their condition holds', () => {
    const overflow = [after(10), after(20, 'q2'), after(30)];
    const at = (seconds: number) => openedQueues(overflow, { enteredAt: 0, now: seconds * 1000, waiting: 1 });
    expect(at(9)).toEqual({ queueIds: [], nextAt: 10_000 });
    expect(at(10)).toEqual({ queueIds: ['q1'], nextAt: 20_000 });
    expect(at(30)).toEqual({ queueIds: ['q1', 'q2'], nextAt: null });
    const long: OverflowStep = { when: { by: 'waitingOver', calls: 3 }, do: { action: 'also', queueId: 'q9' } };
    expect(openedQueues([long], { enteredAt: 0, now: 0, waiting: 4 }).queueIds).toEqual(['q9']);
    expect(openedQueues([long], { enteredAt: 0, now: 0, waiting: 3 }).queueIds).toEqual([]);
  });
});

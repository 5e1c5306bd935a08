import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byUrgency, match, type ReadyAgent, type WaitingCall } from './matcher.ts';

const queue = fc.constantFrom('q1', 'q2', 'q3');
const calls = fc
  .uniqueArray(fc.record({ contactId: fc.uuid(), queueId: queue, priority: fc.nat(2), queuedAt: fc.nat(1000) }), {
    selector: (call) => call.contactId,
    maxLength: 12,
  })
  .map((list): WaitingCall[] => list);
const agents = fc
  .uniqueArray(fc.record({ sessionId: fc.uuid(), queueIds: fc.uniqueArray(queue), idleSince: fc.nat(1000) }), {
    selector: (agent) => agent.sessionId,
    maxLength: 12,
  })
  .map((list): ReadyAgent[] =>
    list.map((agent) => ({ ...agent, personId: `p-${agent.sessionId}`, queueIds: new Set(agent.queueIds) })),
  );

describe('match', () => {
  it('never gives two calls to one agent, nor one call to two', () => {
    fc.assert(
      fc.property(calls, agents, (waiting, ready) => {
        const made = match(waiting, ready);
        expect(new Set(made.map((a) => a.sessionId)).size).toBe(made.length);
        expect(new Set(made.map((a) => a.contactId)).size).toBe(made.length);
      }),
    );
  });

  it('only gives a call to an agent of its queue', () => {
    fc.assert(
      fc.property(calls, agents, (waiting, ready) => {
        for (const made of match(waiting, ready)) {
          expect(ready.find((agent) => agent.sessionId === made.sessionId)?.queueIds.has(made.queueId)).toBe(true);
          expect(waiting.find((call) => call.contactId === made.contactId)?.queueId).toBe(made.queueId);
        }
      }),
    );
  });

  it('leaves no agent idle beside a call they could take', () => {
    fc.assert(
      fc.property(calls, agents, (waiting, ready) => {
        const made = match(waiting, ready);
        const left = waiting.filter((call) => !made.some((a) => a.contactId === call.contactId));
        const idle = ready.filter((agent) => !made.some((a) => a.sessionId === agent.sessionId));
        for (const call of left) expect(idle.some((agent) => agent.queueIds.has(call.queueId))).toBe(false);
      }),
    );
  });

  it('never serves a later call of a queue before an earlier one', () => {
    fc.assert(
      fc.property(calls, agents, (waiting, ready) => {
        const served = new Set(match(waiting, ready).map((a) => a.contactId));
        for (const name of ['q1', 'q2', 'q3']) {
          const order = waiting.filter((call) => call.queueId === name).sort(byUrgency);
          const firstLeft = order.findIndex((call) => !served.has(call.contactId));
          if (firstLeft >= 0) expect(order.slice(firstLeft).some((call) => served.has(call.contactId))).toBe(false);
        }
      }),
    );
  });

  it('takes the longest-idle agent', () => {
    const call = { contactId: 'c', queueId: 'q1', priority: 0, queuedAt: 0 };
    const agent = (sessionId: string, idleSince: number): ReadyAgent => ({
      sessionId,
      personId: sessionId,
      idleSince,
      queueIds: new Set(['q1']),
    });
    expect(match([call], [agent('late', 20), agent('early', 10)])[0]?.sessionId).toBe('early');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Assignment,
  byUrgency,
  isEligible,
  match,
  PRIORITY_MAX,
  PRIORITY_SECONDS,
  type ReadyAgent,
  type WaitingCall,
} from './matcher.ts';

const NOW = 1_000_000;
const BOUND_MS = PRIORITY_MAX * PRIORITY_SECONDS * 1000;
const queue = fc.constantFrom('q1', 'q2', 'q3');
const personId = fc.nat(11).map((n) => `p${n}`);
const wanted = fc.option(
  fc.record({
    persons: fc.uniqueArray(personId, { minLength: 1, maxLength: 3 }),
    until: fc.constantFrom(NOW - 1, NOW, NOW + 1, Number.POSITIVE_INFINITY),
  }),
  { freq: 2 },
);
const call = fc.record({
  contactId: fc.uuid(),
  queueIds: fc.uniqueArray(queue, { minLength: 1 }),
  priority: fc.nat(PRIORITY_MAX + 5),
  queuedAt: fc.nat(NOW),
  wanted,
});
const calls = fc.uniqueArray(call, { selector: ({ contactId }) => contactId, maxLength: 15 });
const agents = fc
  .uniqueArray(
    fc.record({
      personId,
      weights: fc
        .uniqueArray(fc.tuple(queue, fc.integer({ min: 1, max: 3 })), { selector: ([id]) => id })
        .map((entries) => new Map(entries)),
      idleSince: fc.nat(5),
    }),
    { selector: (agent) => agent.personId, maxLength: 12 },
  )
  .map((list): ReadyAgent[] => list.map((agent) => ({ ...agent, sessionId: `s-${agent.personId}` })));

/** The same said as plainly as can be: for each call, look at everybody. */
function plainly(
  waiting: WaitingCall[],
  ready: ReadyAgent[],
): Pick<Assignment, 'contactId' | 'sessionId' | 'queueId'>[] {
  const free = [...ready];
  const made = [];
  for (const each of [...waiting].sort(byUrgency)) {
    const ranked = free
      .filter((agent) => isEligible(each, agent, NOW))
      .map((agent) => {
        const wanted = each.wanted?.persons.includes(agent.personId) ?? false;
        const at = each.queueIds.findIndex((id) => agent.weights.has(id));
        const queueId = each.queueIds[Math.max(0, at)] ?? '';
        const weight = agent.weights.get(queueId) ?? 0;
        return { agent, queueId, order: [wanted ? 0 : 1, wanted ? 0 : at, -weight, agent.idleSince] };
      })
      .sort((a, b) => {
        const differs = a.order.findIndex((value, i) => value !== b.order[i]);
        if (differs >= 0) return (a.order[differs] ?? 0) - (b.order[differs] ?? 0);
        return a.agent.sessionId < b.agent.sessionId ? -1 : 1;
      });
    const [best] = ranked;
    if (!best) continue;
    free.splice(free.indexOf(best.agent), 1);
    made.push({ contactId: each.contactId, sessionId: best.agent.sessionId, queueId: best.queueId });
  }
  return made;
}

const holds = (property: (waiting: WaitingCall[], ready: ReadyAgent[], made: Assignment[]) => void) =>
  fc.assert(
    fc.property(calls, agents, (waiting, ready) => property(waiting, ready, match(waiting, ready, NOW))),
    { numRuns: 1_000 },
  );

describe('match', () => {
  it('never gives two calls to one agent, nor one call to two', () => {
    holds((_waiting, _ready, made) => {
      expect(new Set(made.map((each) => each.sessionId)).size).toBe(made.length);
      expect(new Set(made.map((each) => each.contactId)).size).toBe(made.length);
    });
  });

  it('gives a call only to an agent who may have it', () => {
    holds((waiting, ready, made) => {
      for (const { contactId, sessionId, queueId, weight, wanted } of made) {
        const call = waiting.find((each) => each.contactId === contactId);
        const agent = ready.find((each) => each.sessionId === sessionId);
        expect(call && agent && isEligible(call, agent, NOW)).toBe(true);
        expect(call?.queueIds).toContain(queueId);
        expect(agent?.weights.get(queueId) ?? 0).toBe(weight);
        expect(call?.wanted?.persons.includes(agent?.personId ?? '') ?? false).toBe(wanted);
      }
    });
  });

  it('leaves no agent idle beside a call they could take', () => {
    holds((waiting, ready, made) => {
      const left = waiting.filter((call) => !made.some(({ contactId }) => contactId === call.contactId));
      const idle = ready.filter((agent) => !made.some(({ sessionId }) => sessionId === agent.sessionId));
      for (const call of left) expect(idle.some((agent) => isEligible(call, agent, NOW))).toBe(false);
    });
  });

  it('does what looking at everybody for every call does', () => {
    holds((waiting, ready, made) => {
      const short = made.map(({ contactId, sessionId, queueId }) => ({ contactId, sessionId, queueId }));
      expect(short).toEqual(plainly(waiting, ready));
    });
  });

  it('never serves a call before a more urgent one that asks for the same', () => {
    holds((waiting, _ready, made) => {
      const served = new Set(made.map(({ contactId }) => contactId));
      const plain = waiting.filter((each) => each.wanted === null && each.queueIds.length === 1);
      for (const name of ['q1', 'q2', 'q3']) {
        const order = plain.filter((each) => each.queueIds[0] === name).sort(byUrgency);
        const firstLeft = order.findIndex((each) => !served.has(each.contactId));
        if (firstLeft >= 0) expect(order.slice(firstLeft).some((each) => served.has(each.contactId))).toBe(false);
      }
    });
  });

  it('counts those who were to be served before, and those who could have been chosen', () => {
    holds((waiting, ready, made) => {
      const order = [...waiting].sort(byUrgency);
      for (const { contactId, before, candidates } of made) {
        const call = order.find((each) => each.contactId === contactId);
        const ahead = order.slice(0, call ? order.indexOf(call) : 0);
        expect(before).toBe(ahead.filter((each) => each.queueIds[0] === call?.queueIds[0]).length);
        expect(candidates).toBeGreaterThan(0);
        expect(candidates).toBeLessThanOrEqual(ready.length);
      }
    });
  });
});

describe('priority', () => {
  it('goes first among those who came together', () => {
    fc.assert(
      fc.property(call, call, fc.nat(PRIORITY_MAX), fc.nat(PRIORITY_MAX), (a, b, high, low) => {
        fc.pre(a.contactId !== b.contactId && high !== low);
        const first = { ...a, queuedAt: 7, priority: Math.max(high, low) };
        expect(byUrgency(first, { ...b, queuedAt: 7, priority: Math.min(high, low) })).toBeLessThan(0);
      }),
    );
  });

  it('overtakes nobody who came more than ten minutes earlier, whatever the two priorities', () => {
    expect(BOUND_MS).toBe(600_000);
    fc.assert(
      fc.property(call, call, fc.nat(BOUND_MS), (early, late, more) => {
        const later = { ...late, queuedAt: early.queuedAt + BOUND_MS + 1 + more };
        expect(byUrgency(early, later)).toBeLessThan(0);
      }),
    );
  });

  it('starves nobody: with one agent and urgent callers without end, the plain one is served within the bound', () => {
    const agent = { sessionId: 's', personId: 'p', weights: new Map([['q1', 50]]), idleSince: 0 };
    const plain: WaitingCall = { contactId: 'plain', queueIds: ['q1'], priority: 0, queuedAt: 1_000, wanted: null };
    // More urgent callers come than the one agent can take: two a minute, one served.
    let waiting = [plain];
    let now = 0;
    for (let minute = 0; waiting.includes(plain); minute += 1) {
      expect(minute).toBeLessThan(100);
      now = minute * 60_000;
      for (const n of [0, 1])
        waiting.push({ ...plain, contactId: `u${minute}-${n}`, priority: PRIORITY_MAX, queuedAt: now });
      const [made] = match(waiting, [agent], now);
      waiting = waiting.filter(({ contactId }) => contactId !== made?.contactId);
    }
    // Those who came within the bound went before, and nobody else: eleven minutes' worth of two.
    expect(now / 60_000).toBeLessThanOrEqual(2 * (BOUND_MS / 60_000 + 1));
  });
});

describe('among agents', () => {
  const one: WaitingCall = { contactId: 'c', queueIds: ['q1', 'q2'], priority: 0, queuedAt: 0, wanted: null };
  const agent = (name: string, weights: Record<string, number>, idleSince: number): ReadyAgent => ({
    sessionId: name,
    personId: name,
    idleSince,
    weights: new Map(Object.entries(weights)),
  });
  const chosen = (call: WaitingCall, ready: ReadyAgent[]) => match([call], ready, NOW)[0]?.sessionId;

  it('the highest weight is chosen, then the longest idle', () => {
    expect(chosen(one, [agent('late', { q1: 50 }, 20), agent('early', { q1: 50 }, 10)])).toBe('early');
    expect(chosen(one, [agent('early', { q1: 50 }, 10), agent('skilled', { q1: 80 }, 20)])).toBe('skilled');
  });

  it('the own queue goes before those opened by overflow, whatever the weights', () => {
    expect(chosen(one, [agent('other', { q2: 100 }, 0), agent('own', { q1: 1 }, 20)])).toBe('own');
  });

  it('a wanted one is waited for, then preferred', () => {
    const ready = [agent('other', { q1: 100 }, 0), agent('wanted', { q1: 1 }, 20)];
    const waits = { ...one, wanted: { persons: ['wanted'], until: NOW + 1 } };
    expect(chosen(waits, ready)).toBe('wanted');
    expect(chosen(waits, ready.slice(0, 1))).toBeUndefined();
    const over = { ...one, wanted: { persons: ['wanted'], until: NOW } };
    expect(chosen(over, ready)).toBe('wanted');
    expect(chosen(over, ready.slice(0, 1))).toBe('other');
  });

  it('a dedicated one need not serve the queue', () => {
    const dedicated = { ...one, wanted: { persons: ['desk'], until: NOW + 1 } };
    expect(match([dedicated], [agent('desk', {}, 0)], NOW)[0]).toMatchObject({
      sessionId: 'desk',
      queueId: 'q1',
      weight: 0,
    });
  });
});

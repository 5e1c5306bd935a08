import type { AgentState, MonitorOverview } from '@rexian/contracts';
import { describe, expect, it } from 'vitest';
import { byUrgency, countByState, waitLevel } from './order.ts';
import { inUnit, unitsOf } from './units.ts';

const unit = (path: string) => ({ id: path, name: path, path });
const agent = (name: string, state: AgentState, since: number, path = 'gx'): MonitorOverview['agents'][number] => ({
  person: { id: name, name, agentNumber: null },
  unit: unit(path),
  state,
  reason: null,
  since: new Date(since),
  callerNumber: null,
  answeredToday: 0,
});
const overview = (agents: MonitorOverview['agents']): MonitorOverview => ({
  serverTime: new Date(0),
  calls: [],
  queues: [],
  agents,
  today: {
    arrived: 0,
    askedForAgent: 0,
    answered: 0,
    abandoned: 0,
    answerRate: null,
    averageWaitMs: 0,
    averageTalkMs: 0,
  },
});

describe('agents on the monitor', () => {
  it('puts ringing before talking, and the longest first', () => {
    const agents = [
      agent('a', 'ready', 1),
      agent('b', 'talking', 9),
      agent('c', 'talking', 2),
      agent('d', 'ringing', 5),
    ];
    expect(agents.sort(byUrgency).map((each) => each.person.name)).toEqual(['d', 'c', 'b', 'a']);
    expect(countByState(agents)).toMatchObject({ talking: 2, ready: 1, not_ready: 0 });
  });
  it('shows a unit with everything below it, but no neighbour of a like name', () => {
    const all = overview([
      agent('a', 'ready', 1, 'gx'),
      agent('b', 'ready', 1, 'gx.nn'),
      agent('c', 'ready', 1, 'gx2'),
    ]);
    expect(inUnit(all, 'gx').agents.map((each) => each.person.name)).toEqual(['a', 'b']);
    expect(inUnit(all, null).agents).toHaveLength(3);
    expect(unitsOf(all).map((each) => each.path)).toEqual(['gx', 'gx.nn', 'gx2']);
  });
  it('warns at half a minute', () => {
    expect([0, 29_999, 30_000, 60_000].map(waitLevel)).toEqual(['fine', 'fine', 'late', 'broken']);
  });
});

import { agentState, type BoardAgent, type BoardQueue, supervisorVerb } from '@rexian/contracts';
import { describe, expect, it } from 'vitest';
import { alarmsOf, raised } from './alarms.ts';
import { byCentre, centreOf } from './centres.ts';
import { type BoardFilter, fits, inStates, readFilter, writeFilter } from './filters.ts';
import { countByState, ordered, waitLevel } from './order.ts';
import { needsDesk, questionOf, refusalOf, type Supervisor } from './verbs.ts';
import { neighbour, windowOf } from './windowing.ts';

const unit = (path: string) => ({ id: path, name: path, path });
const noDay = { answered: 0, notAnswered: 0, dialled: 0, averageTalkMs: 0, talkMs: 0, wrapUpMs: 0, readyMs: 0 };
function agent(name: string, state: BoardAgent['state'], since: number, more: Partial<BoardAgent> = {}): BoardAgent {
  return {
    person: { id: name, name, agentNumber: more.person?.agentNumber ?? null },
    unit: unit('gx'),
    state,
    reason: null,
    since: new Date(since),
    signedInAt: null,
    allottedUntil: null,
    next: null,
    phone: { kind: 'browser', reachable: true },
    queueIds: [],
    call: null,
    elsewhere: null,
    alarms: [],
    today: { ...noDay, notReadyMs: 0, signedInMs: 0 },
    ...more,
  };
}
const talk: NonNullable<BoardAgent['call']> = {
  ...{ contactId: 'c', legId: 'l', role: 'lead', state: 'talking', mode: null, direction: 'inbound', origin: 'direct' },
  ...{ callerNumber: '138****0001', queue: null, since: new Date(0), heldSince: null, muted: false },
};
const queue = (id: string, more: Partial<BoardQueue> = {}): BoardQueue => ({
  ...{ id, name: id, unit: unit('gx'), waiting: 0, callbacksWaiting: 0, waitingSince: null, signedIn: 0, ready: 0 },
  ...{ talking: 0, wrapUp: 0, notReady: 0, alarms: [] },
  today: {
    ...{ askedForAgent: 0, answered: 0, lost: 0, callbacks: 0, answerRate: null, serviceLevel: null, averageWaitMs: 0 },
  },
  ...more,
});
const names = (agents: BoardAgent[]) => agents.map(({ person }) => person.name).join('');
const at = (ms: number) => new Date(ms);

describe('the order of agents', () => {
  const agents = [
    agent('a', 'ready', 1),
    agent('b', 'talking', 9),
    agent('c', 'talking', 2),
    agent('d', 'ringing', 5),
    agent('e', null, 0),
    agent('f', 'not_ready', 3, { alarms: [{ kind: 'rest_overrun', from: at(100) }] }),
    agent('g', 'wrap_up', 3, { alarms: [{ kind: 'wrap_up_overrun', from: at(50) }] }),
  ];
  it('puts alarms on top, the oldest first, as soon as they go off; then the busy, the longest first', () => {
    expect(names(ordered(agents, 'alarm', 200))).toBe('gfdcbae');
    expect(names(ordered(agents, 'alarm', 60))).toBe('gdcbafe');
    expect(names(ordered(agents, 'alarm', 10))).toBe('dcbgafe');
  });
  it('goes by time in the state, by number or by calls answered when asked', () => {
    expect(names(ordered(agents, 'longest', 200))).toBe('acfgdbe');
    const numbered = ['1002', '998', '1001'].map((agentNumber) =>
      agent(agentNumber, 'ready', 0, { person: { id: agentNumber, name: agentNumber, agentNumber } }),
    );
    expect(names(ordered(numbered, 'number', 0))).toBe('99810011002');
    const [few, many] = [1, 7].map((answered) =>
      agent(`${answered}`, 'ready', 0, { today: { ...noDay, notReadyMs: 0, signedInMs: 0, answered } }),
    );
    expect(names(ordered([few, many] as BoardAgent[], 'answered', 0))).toBe('71');
  });
  it('leaves the list it was given alone, and counts it', () => {
    const before = names(agents);
    ordered(agents, 'longest', 0);
    expect(names(agents)).toBe(before);
    expect([...countByState(agents)]).toContainEqual(['talking', 2]);
    expect(countByState(agents).get('out')).toBe(1);
  });
});

describe('alarms', () => {
  it('go off when their time has come', () => {
    const alarms = [
      { kind: 'long_wait', from: at(20) },
      { kind: 'nobody', from: at(10) },
    ] as const;
    expect(raised(alarms, 9)).toEqual([]);
    expect(raised(alarms, 15).map(({ kind }) => kind)).toEqual(['nobody']);
    expect(raised(alarms, 20).map(({ kind }) => kind)).toEqual(['nobody', 'long_wait']);
  });
  it('tell of callers first, then of agents, by name and with the right word', () => {
    const agents = [
      agent('韦', 'not_ready', 0, { reason: 'meal', alarms: [{ kind: 'rest_overrun', from: at(1) }] }),
      agent('莫', 'talking', 0, { alarms: [{ kind: 'long_talk', from: at(5) }] }),
    ];
    const queues = [queue('咨询', { waiting: 1, alarms: [{ kind: 'long_wait', from: at(9) }] })];
    expect(alarmsOf(agents, queues, 9).map(({ label, about }) => `${label} ${about}`)).toEqual([
      '等待超时 咨询',
      '通话超时 莫',
      '用餐超时 韦',
    ]);
    expect(new Set(alarmsOf(agents, queues, 9).map(({ key }) => key)).size).toBe(3);
  });
  it('a wait warns at half a minute', () => {
    expect([0, 29_999, 30_000, 60_000].map(waitLevel)).toEqual(['fine', 'fine', 'late', 'broken']);
  });
});

describe('the filter', () => {
  it('is the same after a trip through the address', () => {
    const filter: BoardFilter = {
      ...{ view: 'agents', order: 'number', text: '韦 1001', signedOut: true, states: ['talking', 'out'] },
      ...{ unitId: '0193aaaa-0000-7000-8000-000000000000', queueId: null },
    };
    expect(readFilter(writeFilter(filter))).toEqual(filter);
  });
  it('takes nothing from the address that is none', () => {
    const read = readFilter(new URLSearchParams('view=x&order=y&unit=1&state=talking,flying&q='));
    expect(read).toEqual(readFilter(new URLSearchParams('state=talking')));
    expect(writeFilter(readFilter(new URLSearchParams())).toString()).toBe('');
  });
  it('finds by queue, name and number', () => {
    const one = agent('韦兰', 'ready', 0, { queueIds: ['q'], person: { id: '1', name: '韦兰', agentNumber: '1001' } });
    expect(fits(one, { queueId: null, text: '兰' })).toBe(true);
    expect(fits(one, { queueId: 'q', text: '100' })).toBe(true);
    expect(fits(one, { queueId: 'other', text: '' })).toBe(false);
    expect(fits(one, { queueId: null, text: '2' })).toBe(false);
    expect([inStates(one, []), inStates(one, ['ready']), inStates(one, ['out'])]).toEqual([true, true, false]);
  });
});

describe('what a leader can do', () => {
  const leader: Supervisor = { personId: 'leader', desk: { state: 'not_ready', watching: null } };
  const can = (of: BoardAgent, supervisor = leader) =>
    supervisorVerb.values.filter((verb) => refusalOf(verb, of, supervisor) === null).join(' ');
  it('fits the state of the agent', () => {
    expect(can(agent('a', 'talking', 0, { call: talk }))).toBe(
      'listen whisper barge take_over force_hang_up force_ready force_not_ready force_sign_out message',
    );
    expect(can(agent('a', 'ringing', 0, { call: { ...talk, state: 'ringing' } }))).toBe(
      'force_hang_up force_ready force_not_ready force_sign_out message',
    );
    expect(can(agent('a', 'ready', 0))).toBe('force_not_ready force_sign_out message');
    expect(can(agent('a', 'not_ready', 0))).toBe('force_ready force_sign_out message');
    expect(can(agent('a', 'not_ready', 0, { phone: { kind: 'sip', reachable: false } }))).toBe(
      'force_sign_out message',
    );
    expect(can(agent('a', 'wrap_up', 0, { call: { ...talk, state: 'ended' } }))).toBe(
      'force_ready force_not_ready force_sign_out message',
    );
    expect(can(agent('a', null, 0))).toBe('');
    expect(can(agent('leader', 'ready', 0))).toBe('');
  });
  it('fits the leader: one call at a time, with a phone of their own', () => {
    const busy = agent('a', 'talking', 0, { call: talk });
    const joins = (state: Supervisor['desk']) =>
      supervisorVerb.values.filter(
        (verb) => needsDesk(verb) && !refusalOf(verb, busy, { personId: 'leader', desk: state }),
      ).length;
    expect(joins(null)).toBe(0);
    // Not signed in: the page offers it.
    expect(joins({ state: null, watching: null })).toBe(4);
    for (const state of agentState.values)
      expect(joins({ state, watching: null })).toBe(state === 'ready' || state === 'not_ready' ? 4 : 0);
    expect(joins({ state: 'supervising', watching: { contactId: 'c' } })).toBe(4);
    expect(joins({ state: 'supervising', watching: { contactId: 'other' } })).toBe(0);
  });
  it('asks before a call is taken away or an agent sent off', () => {
    const busy = agent('韦兰', 'talking', 0, { call: talk });
    const asked = supervisorVerb.values.filter((verb) => questionOf(verb, busy)?.includes('韦兰'));
    expect(asked).toEqual(['take_over', 'force_hang_up', 'force_sign_out']);
  });
});

describe('a long grid', () => {
  const grid = { count: 2_000, width: 1_000, cardWidth: 196, rowHeight: 82, seen: 600 };
  it('draws what is in sight and a little around it', () => {
    expect(windowOf({ ...grid, scrolled: 0 })).toEqual({ columns: 5, first: 0, end: 11, height: 400 * 82 });
    const middle = windowOf({ ...grid, scrolled: 10_000 });
    expect([middle.first * 82 <= 10_000, middle.end * 82 >= 10_600, middle.end - middle.first < 16]).toEqual([
      true,
      true,
      true,
    ]);
    // Fewer than before, scrolled far down.
    expect(windowOf({ ...grid, count: 3, scrolled: 10_000 })).toMatchObject({ first: 1, end: 1, height: 82 });
    expect(windowOf({ ...grid, width: 0, scrolled: 0 }).columns).toBe(1);
  });
  it('is walked with the arrow keys, never out of it', () => {
    expect(neighbour(7, 'ArrowDown', 5, 20)).toBe(12);
    expect(neighbour(17, 'ArrowDown', 5, 20)).toBe(17);
    expect(neighbour(0, 'ArrowLeft', 5, 20)).toBe(0);
    expect([neighbour(9, 'Home', 5, 20), neighbour(9, 'End', 5, 20), neighbour(9, 'Enter', 5, 20)]).toEqual([
      0,
      19,
      null,
    ]);
  });
});

describe('centres', () => {
  const centres = [unit('gx'), unit('gx.nn'), unit('gx.lz')];
  it('take what belongs to units below them, and no neighbour of a like name', () => {
    expect(centreOf(unit('gx.nn.d1'), centres).path).toBe('gx.nn');
    expect(centreOf(unit('gx.nn2'), centres).path).toBe('gx');
    expect(centreOf(unit('hn'), centres).path).toBe('hn');
  });
  it('add up, and their rates are made of the sums', () => {
    const figures = { askedForAgent: 4, lost: 1, callbacks: 0, averageWaitMs: 0, arrived: 5, averageTalkMs: 0 };
    const rows = byCentre(centres, {
      agents: [agent('a', 'ready', 0, { unit: unit('gx.nn.d1') }), agent('b', null, 0, { unit: unit('gx.nn') })],
      queues: [
        queue('q', { unit: unit('gx.nn'), waiting: 2, waitingSince: at(9) }),
        queue('r', { unit: unit('gx.nn.d1'), waiting: 1, waitingSince: at(5) }),
      ],
      units: [
        { unit: unit('gx.nn'), ...figures, answered: 3, answerRate: 0.75, serviceLevel: 0.5 },
        { unit: unit('gx.nn.d1'), ...figures, answered: 0, answerRate: 0, serviceLevel: 0 },
      ],
    });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ signedIn: 1, ready: 1, waiting: 3, waitingSince: at(5), answered: 3, lost: 2 });
    expect(rows[0]).toMatchObject({ answerRate: 0.6, serviceLevel: 0.4 });
  });
});

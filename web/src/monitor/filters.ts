/** What a board shows, kept in the page's address: a reload or a shared link shows the same. */
import { type AgentState, agentState, type BoardAgent } from '@rexian/contracts';

export const views = { overview: '总览', agents: '坐席', queues: '技能组', calls: '通话', centres: '中心' } as const;
export type View = keyof typeof views;

export const orders = { alarm: '告警优先', longest: '状态时长', number: '工号', answered: '接听量' } as const;
export type Order = keyof typeof orders;

/** `out`: not signed in. */
export type ShownState = AgentState | 'out';

export interface BoardFilter {
  view: View;
  order: Order;
  unitId: string | null;
  queueId: string | null;
  /** None: all of them. */
  states: ShownState[];
  text: string;
  signedOut: boolean;
}

const oneOf = <T extends string>(all: Record<T, string>, value: string | null, otherwise: T): T =>
  value !== null && value in all ? (value as T) : otherwise;
const UUID = /^[0-9a-f-]{36}$/;
const idOf = (value: string | null) => (value !== null && UUID.test(value) ? value : null);

export function readFilter(query: URLSearchParams): BoardFilter {
  const isState = (value: string): value is ShownState => value === 'out' || agentState.schema.safeParse(value).success;
  return {
    view: oneOf(views, query.get('view'), 'overview'),
    order: oneOf(orders, query.get('order'), 'alarm'),
    unitId: idOf(query.get('unit')),
    queueId: idOf(query.get('queue')),
    states: (query.get('state') ?? '').split(',').filter(isState),
    text: (query.get('q') ?? '').slice(0, 40),
    signedOut: query.get('out') === '1',
  };
}

export function writeFilter(filter: BoardFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.view !== 'overview') query.set('view', filter.view);
  if (filter.order !== 'alarm') query.set('order', filter.order);
  if (filter.unitId) query.set('unit', filter.unitId);
  if (filter.queueId) query.set('queue', filter.queueId);
  if (filter.states.length > 0) query.set('state', filter.states.join(','));
  if (filter.text) query.set('q', filter.text);
  if (filter.signedOut) query.set('out', '1');
  return query;
}

/** Everything but the states: what the counts of the states are made of. */
export function fits(agent: BoardAgent, { queueId, text }: Pick<BoardFilter, 'queueId' | 'text'>): boolean {
  if (queueId && !agent.queueIds.includes(queueId)) return false;
  const wanted = text.trim().toLowerCase();
  if (!wanted) return true;
  const { name, agentNumber } = agent.person;
  return name.toLowerCase().includes(wanted) || (agentNumber ?? '').includes(wanted);
}

export const shownState = (agent: BoardAgent): ShownState => agent.state ?? 'out';

export function inStates(agent: BoardAgent, states: readonly ShownState[]): boolean {
  return states.length === 0 || states.includes(shownState(agent));
}

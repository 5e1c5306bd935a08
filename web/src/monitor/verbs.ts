/** What a team leader can do to an agent now. The server decides; the page greys out what it would refuse, and says why. */
import { type AgentState, type BoardAgent, type SupervisorVerb, supervisorVerb } from '@rexian/contracts';

/** The leader's own desk: null without the right to have one; `state` null: not signed in. */
export interface Supervisor {
  personId: string;
  desk: { state: AgentState | null; watching: { contactId: string } | null } | null;
}

const callVerbs = new Set<SupervisorVerb>(['listen', 'whisper', 'barge', 'take_over']);

/** Joins a call with the leader's own phone. */
export const needsDesk = (verb: SupervisorVerb): boolean => callVerbs.has(verb);

/** Why the verb can't be done to this agent now; null: it can. Not being signed in is no reason: the page offers it. */
export function refusalOf(verb: SupervisorVerb, agent: BoardAgent, supervisor: Supervisor): string | null {
  if (agent.state === null) return '未签入';
  if (agent.person.id === supervisor.personId) return '不能对本人操作';
  switch (verb) {
    case 'listen':
    case 'whisper':
    case 'barge':
    case 'take_over':
      return refusalToJoin(agent, supervisor);
    case 'force_hang_up':
      return isLive(agent.call) ? null : noCall(agent);
    case 'force_ready':
      if (agent.state === 'ready') return '已是空闲';
      return agent.state === 'not_ready' && !agent.phone?.reachable ? '话机不可达' : null;
    case 'force_not_ready':
      return agent.state === 'not_ready' ? '已是示忙' : null;
    case 'force_sign_out':
    case 'message':
      return null;
  }
}

const isLive = (part: BoardAgent['call'] | BoardAgent['elsewhere']) => part !== null && part.state !== 'ended';

const noCall = ({ elsewhere }: BoardAgent) => (isLive(elsewhere) ? '通话属于其他中心' : '当前没有通话');

function refusalToJoin(agent: BoardAgent, { desk }: Supervisor): string | null {
  if (agent.call?.state !== 'talking' || agent.call.role === 'supervisor') return noCall(agent);
  if (!desk) return '没有坐席工作台权限';
  if (desk.watching) return desk.watching.contactId === agent.call.contactId ? null : '请先结束正在进行的监控';
  if (desk.state !== null && desk.state !== 'ready' && desk.state !== 'not_ready') return '请先结束自己的通话';
  return null;
}

/** Groups of the menu, in its order. */
export const menuGroups: readonly (readonly SupervisorVerb[])[] = [
  ['listen', 'whisper', 'barge', 'take_over', 'force_hang_up'],
  ['force_ready', 'force_not_ready', 'force_sign_out'],
  ['message'],
];

/** What is asked before it is done; null: nothing. */
export function questionOf(verb: SupervisorVerb, agent: BoardAgent): string | null {
  const { name } = agent.person;
  if (verb === 'take_over') return `接过 ${name} 的通话？${name} 将退出通话，由您继续服务来电人。`;
  if (verb === 'force_hang_up') return `强制挂断 ${name} 的通话？来电人将被挂断。`;
  if (verb === 'force_sign_out')
    return isLive(agent.call ?? agent.elsewhere) ? `强制签出 ${name}？当前通话结束后生效。` : `强制签出 ${name}？`;
  return null;
}

export const verbLabel = (verb: SupervisorVerb): string => supervisorVerb.labels[verb];

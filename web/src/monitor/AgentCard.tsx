import { agentState, type BoardAgent, legRole, notReadyReason, superviseMode } from '@rexian/contracts';
import { useServerNow } from '../platform/clock.ts';
import { duration, readableNumber } from '../platform/format.ts';
import { agentTone } from '../platform/status.ts';
import { AgentMenu } from './AgentMenu.tsx';
import { alarmLabel, raised } from './alarms.ts';

interface Props {
  agent: BoardAgent;
  index: number;
  /** The one card that Tab reaches. */
  reachable: boolean;
  onMenu(open: boolean): void;
}

/** An agent at a glance: who, in which state since when, on which call, today's count. */
export function AgentCard({ agent, index, reachable, onMenu }: Props) {
  const now = useServerNow();
  const [alarm] = raised(agent.alarms, now);
  const { person, state, call, elsewhere, today, unit } = agent;
  return (
    <AgentMenu agent={agent} onOpenChange={onMenu}>
      <button
        type="button"
        className="agent"
        data-index={index}
        data-tone={state === null ? 'quiet' : agentTone[state]}
        data-agent-state={state ?? 'out'}
        data-alarm={alarm?.kind}
        tabIndex={reachable ? 0 : -1}
      >
        <span>
          <b>{person.name}</b>
          <i>{person.agentNumber}</i>
          <time className="num">{agent.since && state !== null ? duration(now - agent.since.getTime()) : ''}</time>
        </span>
        <span>
          <em>{stateText(agent)}</em>
          <span className="num">{call && call.state !== 'ended' ? readableNumber(call.callerNumber) : ''}</span>
        </span>
        <span className="agent-foot">
          {alarm ? (
            <strong>{alarmLabel(alarm.kind, agent)}</strong>
          ) : (
            <span>{elsewhere ? helpText(elsewhere) : (call?.queue?.name ?? unit.name)}</span>
          )}
          <span>
            接 {today.answered}
            {today.notAnswered > 0 && <s>未接 {today.notAnswered}</s>}
          </span>
        </span>
      </button>
    </AgentMenu>
  );
}

/** 通话 · 保持, 示忙 · 用餐, 通话 · 磋商对象. */
export function stateText({ state, reason, call, elsewhere, next }: BoardAgent): string {
  const part = call ?? elsewhere;
  if (state === null) return '未签入';
  const words: string[] = [agentState.labels[state]];
  if (reason) words.push(notReadyReason.labels[reason]);
  if (state === 'talking' && part?.heldSince) words.push('保持');
  if (part?.state === 'talking' && part.mode) words[0] = superviseMode.labels[part.mode];
  else if (part && part.state !== 'ended' && part.role !== 'lead') words.push(legRole.labels[part.role]);
  if (next?.state === 'not_ready') words.push('后示忙');
  if (next?.state === 'signed_out') words.push('后签出');
  return words.join(' · ');
}

/** Of a call that belongs to a centre out of reach. */
export const helpText = ({ unit }: NonNullable<BoardAgent['elsewhere']>): string => `${unit}的通话`;

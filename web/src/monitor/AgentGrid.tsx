import { agentState, type MonitorOverview, notReadyReason } from '@rexian/contracts';
import { Empty } from 'antd';
import type { ReactNode } from 'react';
import { Elapsed } from '../platform/clock.tsx';
import { readableNumber } from '../platform/format.ts';
import { agentTone } from '../platform/status.ts';
import { Tag } from '../platform/Tag.tsx';
import { byUrgency, countByState } from './order.ts';

type Agent = MonitorOverview['agents'][number];

export function AgentGrid({ agents, choice }: { agents: Agent[]; choice: ReactNode }) {
  const counts = countByState(agents);
  return (
    <section className="panel">
      <h2>
        坐席 <small>签入 {agents.length}</small>
        <span className="state-counts">
          {agentState.values
            .filter((state) => counts[state] > 0)
            .map((state) => (
              <Tag key={state} tone={agentTone[state]}>
                {agentState.labels[state]} {counts[state]}
              </Tag>
            ))}
        </span>
        {choice}
      </h2>
      {agents.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有签入的坐席" />
      ) : (
        <ul className="agents">
          {[...agents].sort(byUrgency).map((agent) => (
            <AgentCard key={agent.person.id} agent={agent} />
          ))}
        </ul>
      )}
    </section>
  );
}

function AgentCard({ agent }: { agent: Agent }) {
  return (
    <li className="agent" data-tone={agentTone[agent.state]} data-agent-state={agent.state}>
      <div>
        <b>{agent.person.name}</b>
        <span className="muted">{agent.person.agentNumber}</span>
        <time className="num">
          <Elapsed since={agent.since} />
        </time>
      </div>
      <div>
        <span className="agent-state">
          {agentState.labels[agent.state]}
          {agent.reason && ` · ${notReadyReason.labels[agent.reason]}`}
        </span>
        <span className="muted num">{agent.callerNumber ? readableNumber(agent.callerNumber) : ''}</span>
      </div>
      <div className="muted">
        <span>{agent.unit.name}</span>
        <span className="num">接听 {agent.answeredToday}</span>
      </div>
    </li>
  );
}

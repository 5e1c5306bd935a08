import { Spin } from 'antd';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { may, useViewer } from '../auth/viewer.ts';
import { Failed } from '../platform/Failed.tsx';
import { useTitle } from '../platform/useTitle.ts';
import { AgentTable } from './AgentTable.tsx';
import { AlarmStrip } from './AlarmStrip.tsx';
import { CallTable } from './CallTable.tsx';
import { CentreTable } from './CentreTable.tsx';
import { DayStrip } from './DayStrip.tsx';
import { FilterBar } from './FilterBar.tsx';
import { type BoardFilter, fits, inStates, readFilter, writeFilter } from './filters.ts';
import { Overview } from './Overview.tsx';
import { QueueTable } from './QueueTable.tsx';
import { SupervisionProvider } from './supervision.tsx';
import { type BoardProps, useBoard } from './useBoard.ts';
import './monitor.css';

/** The live board: what a leader looks at all day. */
export default function MonitorPage() {
  const viewer = useViewer();
  const { filter, change } = useFilter();
  const { board, error, retry } = useBoard(filter.unitId, filter.signedOut);
  useTitle('现场监控');
  if (!board) return error ? <Failed error={error} retry={retry} /> : <Spin className="page-spin" size="large" />;
  const page = (
    <div className="monitor">
      {error && <Failed error={error} retry={retry} />}
      <DayStrip today={board.today.total} />
      <AlarmStrip agents={board.agents} queues={board.queues} onChoose={change} />
      <Shown board={board} filter={filter} change={change} />
    </div>
  );
  return may(viewer, 'monitor.supervise') ? <SupervisionProvider>{page}</SupervisionProvider> : page;
}

function Shown({ board, filter, change }: BoardProps) {
  const { queueId, text, states } = filter;
  const found = useMemo(() => board.agents.filter((agent) => fits(agent, { queueId, text })), [board, queueId, text]);
  const agents = useMemo(() => found.filter((agent) => inStates(agent, states)), [found, states]);
  const queues = queueId ? board.queues.filter(({ id }) => id === queueId) : board.queues;
  return (
    <section className="panel board">
      <FilterBar board={board} found={found} filter={filter} change={change} />
      {filter.view === 'overview' && <Overview board={board} filter={filter} change={change} agents={agents} />}
      {filter.view === 'agents' && <AgentTable agents={agents} queues={board.queues} order={filter.order} />}
      {filter.view === 'queues' && <QueueTable queues={queues} />}
      {filter.view === 'calls' && <CallTable filter={filter} agents={board.agents} />}
      {filter.view === 'centres' && <CentreTable board={board} change={change} />}
    </section>
  );
}

function useFilter() {
  const [query, setQuery] = useSearchParams();
  const filter = useMemo(() => readFilter(query), [query]);
  const change = useCallback(
    (part: Partial<BoardFilter>) =>
      setQuery((before) => writeFilter({ ...readFilter(before), ...part }), { replace: true }),
    [setQuery],
  );
  return { filter, change };
}

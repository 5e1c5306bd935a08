import type { BoardAgent } from '@rexian/contracts';
import { AgentGrid } from './AgentGrid.tsx';
import { QueueList } from './QueueList.tsx';
import { type BoardProps, useCalls } from './useBoard.ts';
import { WaitingList } from './WaitingList.tsx';

/** Queues and who waits in them beside the agents. */
export function Overview({ board, filter, change, agents }: BoardProps & { agents: BoardAgent[] }) {
  const { unitId, queueId } = filter;
  const calls = useCalls({ unitId, queueId, waiting: true });
  return (
    <div className="overview">
      <div className="overview-side">
        <QueueList queues={board.queues} chosen={queueId} onChoose={(id) => change({ queueId: id })} />
        <WaitingList calls={calls} />
      </div>
      <AgentGrid agents={agents} order={filter.order} />
    </div>
  );
}

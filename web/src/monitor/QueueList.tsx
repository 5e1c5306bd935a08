import type { BoardQueue } from '@rexian/contracts';
import { Empty } from 'antd';
import { Since } from './Since.tsx';

interface Props {
  queues: BoardQueue[];
  chosen: string | null;
  onChoose(id: string | null): void;
}

/** Those with somebody waiting first, the longest wait on top; a click shows the agents of one. */
export function QueueList({ queues, chosen, onChoose }: Props) {
  const named = new Map<string, number>();
  for (const { name } of queues) named.set(name, (named.get(name) ?? 0) + 1);
  const sorted = [...queues].sort((a, b) => time(a) - time(b));
  return (
    <section className="queue-list" aria-label="技能组">
      <div className="queue-row queue-head" aria-hidden="true">
        <span>技能组</span>
        <span>排队</span>
        <span>最长等待</span>
        <span>空闲/签入</span>
      </div>
      {queues.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="暂无技能组" />}
      {sorted.map((queue) => (
        <button
          type="button"
          className="queue-row"
          key={queue.id}
          aria-pressed={queue.id === chosen}
          aria-label={`${queue.name}，排队 ${queue.waiting}，空闲 ${queue.ready}，签入 ${queue.signedIn}`}
          onClick={() => onChoose(queue.id === chosen ? null : queue.id)}
        >
          <span title={`${queue.name} ${queue.unit.name}`}>
            {queue.name} {(named.get(queue.name) ?? 0) > 1 && <span className="muted">{queue.unit.name}</span>}
          </span>
          <b data-level={queue.waiting > 0 ? 'late' : undefined}>
            {queue.waiting}
            {queue.callbacksWaiting > 0 && <small title="待回拨"> +{queue.callbacksWaiting}</small>}
          </b>
          <span>{queue.waitingSince ? <Since since={queue.waitingSince} alarms={queue.alarms} /> : '—'}</span>
          <span data-level={queue.waiting > 0 && queue.signedIn === 0 ? 'broken' : undefined}>
            {queue.ready}/{queue.signedIn}
          </span>
        </button>
      ))}
    </section>
  );
}

const time = ({ waitingSince }: BoardQueue) => waitingSince?.getTime() ?? Number.POSITIVE_INFINITY;

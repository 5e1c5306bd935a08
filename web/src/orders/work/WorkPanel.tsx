import { type OpenTask, type OrderDetail, workOrderState } from '@rexian/contracts';
import { Segmented } from 'antd';
import { useState } from 'react';
import type { Next } from '../order/useNext.ts';
import { placeName } from '../words.ts';
import { Decision } from './Decision.tsx';
import { TaskWork } from './TaskWork.tsx';

/** What the viewer has to decide and to do in the order; with several parts one after the other. */
export function WorkPanel({ order, next }: { order: OrderDetail; next: Next }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const task = order.open.find(({ id }) => id === chosen) ?? order.open[0];
  const asked = order.requests.filter(({ can }) => can.decide);
  if (!task && asked.length === 0) return <Nothing order={order} />;
  return (
    <aside className="order-side panel" aria-label="办理">
      {asked.map((request) => (
        <Decision key={request.id} order={order} request={request} next={next} />
      ))}
      {order.open.length > 1 && (
        <Segmented<string>
          block
          aria-label="我的环节"
          options={order.open.map(({ id, title }: OpenTask) => ({ value: id, label: title }))}
          value={task?.id ?? ''}
          onChange={setChosen}
        />
      )}
      {task && <TaskWork key={task.id} order={order} task={task} next={next} />}
    </aside>
  );
}

/** Why there is nothing to do here. */
function Nothing({ order: { state, tasks } }: { order: OrderDetail }) {
  const open = tasks.filter(({ doneAt }) => !doneAt);
  return (
    <aside className="order-side panel" aria-label="办理">
      <div className="panel-body muted">
        {open.length === 0 || state !== 'open' ? (
          `工单${workOrderState.labels[state]}。`
        ) : (
          <>
            <p>当前没有待您办理的环节。</p>
            {open.map((task) => (
              <p key={task.id}>
                {task.title}：{placeName(task)}
              </p>
            ))}
          </>
        )}
      </div>
    </aside>
  );
}

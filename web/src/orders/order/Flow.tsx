import { type OrderDetail, type OrderTask, orderTaskState } from '@rexian/contracts';
import { Segmented, Spin } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useServerNow } from '../../platform/clock.ts';
import { dateMinute } from '../../platform/format.ts';
import { Tag } from '../../platform/Tag.tsx';
import { Deadline } from '../Deadline.tsx';
import { dueOf, span } from '../deadline.ts';
import { placeName, taskTone } from '../words.ts';

const FlowDrawing = lazy(() => import('./FlowDrawing.tsx'));
type View = '办理环节' | '流程图';

/** Where the order has been and is: step by step, or on the drawing of its workflow. */
export function Flow({ order }: { order: OrderDetail }) {
  const [view, setView] = useState<View>('办理环节');
  if (!order.workflow || order.tasks.length === 0) return null;
  return (
    <section className="panel">
      <h2>
        <Segmented<View> size="small" options={['办理环节', '流程图']} value={view} onChange={setView} />
        <small>
          {order.workflow.name} v{order.workflow.version}
        </small>
      </h2>
      {view === '办理环节' ? (
        <ol className="order-steps" aria-label="办理环节">
          {order.tasks.map((task) => (
            <Stay key={task.id} task={task} />
          ))}
        </ol>
      ) : (
        <Suspense fallback={<Spin className="order-drawing" />}>
          <FlowDrawing id={order.id} revision={order.revision} />
        </Suspense>
      )}
    </section>
  );
}

function Stay({ task }: { task: OrderTask }) {
  const now = useServerNow();
  const { title, state, arrivedAt, doneAt, outcome, doneBy, kind } = task;
  const lay = span((doneAt?.getTime() ?? now) - arrivedAt.getTime());
  return (
    <li data-task-state={state} data-kind={kind}>
      <strong>{title}</strong>
      <Tag tone={taskTone[state]}>{outcome || orderTaskState.labels[state]}</Tag>
      <span>{placeName({ ...task, person: doneBy ?? task.person })}</span>
      <span className="muted">
        {dateMinute(arrivedAt)} 到达，{doneAt ? `历时 ${lay}` : `已 ${lay}`}
      </span>
      {!doneAt && <Deadline due={dueOf(task)} />}
    </li>
  );
}

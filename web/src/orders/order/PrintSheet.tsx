import { type OrderDetail, workOrderKind, workOrderSource, workOrderState, workOrderUrgency } from '@rexian/contracts';
import { createPortal } from 'react-dom';
import { useViewer } from '../../auth/viewer.ts';
import { serverNow } from '../../platform/clock.tsx';
import { fullDateTime } from '../../platform/format.ts';
import { personName } from '../../platform/personName.ts';
import { placeName } from '../words.ts';
import './print.css';

/** The order on paper: seen by the printer only. Says who printed it, as it leaves the house; what is masked stays masked. */
export function PrintSheet({ order }: { order: OrderDetail }) {
  const viewer = useViewer();
  const { registration, trail, tasks } = order;
  const facts: [string, string][] = [
    ['工单号', order.number],
    ['类型', workOrderKind.labels[order.kind]],
    ['状态', workOrderState.labels[order.state]],
    ['紧急程度', workOrderUrgency.labels[order.urgency]],
    ['登记单位', order.unit.name],
    ['登记', `${order.registeredBy ? personName(order.registeredBy) : '系统'} ${fullDateTime(order.registeredAt)}`],
    ['来源', workOrderSource.labels[order.source]],
    ['业务类别', order.category ?? '—'],
    ['来电人', [order.callerName, order.callerNumber].filter(Boolean).join(' ') || '—'],
    ['纳税人', [registration.taxName, order.taxNumber].filter(Boolean).join(' ') || '—'],
    ['办理时限', order.dueAt ? fullDateTime(order.dueAt) : '—'],
    ['办结时间', order.closedAt ? fullDateTime(order.closedAt) : '—'],
  ];
  return createPortal(
    <div className="print-sheet" aria-hidden>
      <h1>{order.title || '工单'}</h1>
      <table>
        <tbody>
          {facts.map(([name, value], i) =>
            i % 2 === 0 ? (
              <tr key={name}>
                <th>{name}</th>
                <td>{value}</td>
                <th>{facts[i + 1]?.[0]}</th>
                <td>{facts[i + 1]?.[1]}</td>
              </tr>
            ) : null,
          )}
        </tbody>
      </table>
      <h2>诉求内容</h2>
      <p>{registration.content}</p>
      <h2>答复内容</h2>
      <p>{registration.answer || '—'}</p>
      <h2>办理环节</h2>
      <table>
        <tbody>
          {tasks.map((task) => (
            <tr key={task.id}>
              <td>{task.title}</td>
              <td>{placeName({ ...task, person: task.doneBy ?? task.person })}</td>
              <td>{fullDateTime(task.arrivedAt)}</td>
              <td>{task.doneAt ? fullDateTime(task.doneAt) : '—'}</td>
              <td>{task.outcome}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>办理轨迹</h2>
      <table>
        <tbody>
          {trail.map(({ id, at, title, text, person, unit }) => (
            <tr key={id}>
              <td className="print-time">{fullDateTime(at)}</td>
              <td>{[unit?.name, person ? personName(person) : '系统'].filter(Boolean).join(' ')}</td>
              <td>
                {title}
                {text && <p>{text}</p>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <footer>
        {personName(viewer)} 于 {fullDateTime(new Date(serverNow()))} 打印
      </footer>
    </div>,
    document.body,
  );
}

import {
  fieldValues,
  type OrderDetail,
  type OrderEventType,
  shownFields,
  visitResult,
  workOrderKind,
  workOrderSource,
  workOrderState,
  workOrderUrgency,
} from '@rexian/contracts';
import { type ReactNode, useCallback } from 'react';
import { createPortal } from 'react-dom';
import { useViewer } from '../../auth/viewer.ts';
import { valueText } from '../../order-forms/FieldValues.tsx';
import { fullDateMinute } from '../../platform/format.ts';
import { personName } from '../../platform/personName.ts';
import { placeName } from '../words.ts';
import { inPairs, type Written } from './inPairs.ts';
import { usePrinting } from './usePrinting.ts';
import './print.css';

/**
 * 工单办理单: the order on paper, as an office files it; seen by the printer only. Each sheet says who printed it and when, as it leaves the
 * house; what is masked stays masked.
 */
export function PrintSheet({ order }: { order: OrderDetail }) {
  const { name } = useViewer();
  const foot = useCallback((at: Date) => `${order.number}　${name} ${fullDateMinute(at)} 打印`, [order.number, name]);
  usePrinting(foot);
  return createPortal(
    <article className="print-sheet" aria-hidden>
      <header>
        <p>{order.unit.name}</p>
        <h1>工单办理单</h1>
        <div>
          <span>编号：{order.number}</span>
          {order.confidential && <b>保密</b>}
          <span>登记时间：{fullDateMinute(order.registeredAt)}</span>
        </div>
      </header>
      <Registered order={order} />
      <Opinions order={order} />
      <Trail order={order} />
      <div className="print-signatures">
        <span>承办人（签字）：</span>
        <span>审核人（签字）：</span>
        <span>日期：　　　年　　月　　日</span>
      </div>
    </article>,
    document.body,
  );
}

function Registered({ order }: { order: OrderDetail }) {
  const { registration, form, files } = order;
  const values = fieldValues.safeParse(registration.fields).data;
  const asked = form && values ? shownFields(form, values) : [];
  const facts: Written[] = [
    { name: '标题', value: order.title, isWide: true },
    { name: '工单类型', value: workOrderKind.labels[order.kind] },
    { name: '业务类别', value: order.category },
    { name: '来源', value: [workOrderSource.labels[order.source], registration.reference].filter(Boolean).join(' ') },
    { name: '紧急程度', value: workOrderUrgency.labels[order.urgency] },
    { name: '来电人', value: [order.callerName, order.callerNumber].filter(Boolean).join(' ') },
    { name: '归属地', value: registration.region },
    { name: '纳税人', value: [registration.taxName, order.taxNumber].filter(Boolean).join(' '), isWide: true },
    { name: '登记人', value: order.registeredBy ? personName(order.registeredBy) : '系统' },
    { name: '诉求时间', value: fullDateMinute(registration.occurredAt ?? order.registeredAt) },
    { name: '工单状态', value: workOrderState.labels[order.state] },
    ...(order.dueAt ? [{ name: '办理时限', value: fullDateMinute(order.dueAt) }] : []),
    ...(order.closedAt ? [{ name: '办结时间', value: fullDateMinute(order.closedAt) }] : []),
    ...(order.satisfaction ? [{ name: '回访结果', value: visitResult.labels[order.satisfaction] }] : []),
    ...asked.map(({ field, value }) => ({
      name: field.label,
      value: value === undefined ? null : valueText(field, value),
      isWide: field.width !== 'half',
    })),
    { name: '附件', value: files.map((file) => file.name).join('；'), isWide: true },
    { name: '诉求内容', value: registration.content, isWide: true },
    { name: '答复内容', value: registration.answer, isWide: true },
  ];
  return (
    <table className="print-facts">
      <colgroup>
        <col className="print-name" />
        <col />
        <col className="print-name" />
        <col />
      </colgroup>
      <tbody>
        {inPairs(facts).map((line) => (
          <tr key={line[0].name}>
            {line.map(({ name, value }) => (
              <Fact key={name} name={name} value={value || '—'} span={line.length === 1 ? 3 : 1} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Fact({ name, value, span }: { name: string; value: string; span: number }) {
  return (
    <>
      <th>{name}</th>
      <td colSpan={span}>{value}</td>
    </>
  );
}

/** What people have written in a part of theirs. */
const opinions: readonly OrderEventType[] = ['completed', 'returned', 'assist_done', 'decided'];

function Opinions({ order: { tasks, trail } }: { order: OrderDetail }) {
  const said = trail.filter(({ type }) => opinions.includes(type));
  if (said.length === 0) return null;
  const titles = new Map(tasks.map(({ id, title }) => [id, title]));
  return (
    <Part title="办理意见" heads={['环节', '办理单位和人员', '意见', '时间']}>
      {said.map(({ id, at, taskId, title, text, person, unit }) => (
        <tr key={id}>
          <td>{titles.get(taskId ?? '') ?? '—'}</td>
          <td>{unit ? placeName({ unit, person }) : '—'}</td>
          <td>
            {title}
            {text && <p>{text}</p>}
          </td>
          <td>{fullDateMinute(at)}</td>
        </tr>
      ))}
    </Part>
  );
}

function Trail({ order: { trail } }: { order: OrderDetail }) {
  return (
    <Part title="办理轨迹" heads={['时间', '单位和人员', '事项']}>
      {trail.map(({ id, at, type, title, text, person, unit }) => (
        <tr key={id}>
          <td>{fullDateMinute(at)}</td>
          <td>{unit ? placeName({ unit, person }) : '系统'}</td>
          <td>
            {title}
            {text && !opinions.includes(type) && <p>{text}</p>}
          </td>
        </tr>
      ))}
    </Part>
  );
}

/** A table whose heads stand on each sheet that it reaches. */
function Part({ title, heads, children }: { title: string; heads: string[]; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head}>{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

import {
  type OrderDetail,
  type OrderRequest,
  type OrderUrge,
  orderRequestKind,
  orderRequestState,
  orderUrgeKind,
  workOrderState,
} from '@rexian/contracts';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { fullDateMinute } from '../../platform/format.ts';
import { personName } from '../../platform/personName.ts';
import type { Tone } from '../../platform/status.ts';
import { Tag } from '../../platform/Tag.tsx';
import { orderTone } from '../words.ts';
import { answering } from '../work/orderVerbs.ts';
import { VerbForm } from '../work/VerbForm.tsx';

type Props = { order: OrderDetail };

const requestTone: Record<OrderRequest['state'], Tone> = {
  waiting: 'waiting',
  approved: 'ready',
  refused: 'fault',
  dropped: 'quiet',
};

/** 延期, 申诉, 挂起 that were asked for. */
export function Requests({ order }: Props) {
  if (order.requests.length === 0) return null;
  return (
    <Section title="申请与审批">
      {order.requests.map((each) => (
        <li key={each.id} data-request={each.state}>
          <p>
            <strong>申请{orderRequestKind.labels[each.kind]}</strong>
            <Tag tone={requestTone[each.state]}>{orderRequestState.labels[each.state]}</Tag>
            {each.until && <span>至 {fullDateMinute(each.until)}</span>}
            <span className="muted">
              {personName(each.askedBy)} {fullDateMinute(each.askedAt)}
            </span>
          </p>
          <p className="order-text">{each.reason}</p>
          {each.decidedBy && (
            <p className="muted">
              {personName(each.decidedBy)} {each.decidedAt && fullDateMinute(each.decidedAt)} {each.note}
            </p>
          )}
        </li>
      ))}
    </Section>
  );
}

/** 催办 and 督办, with what was answered. */
export function Urges({ order }: Props) {
  const [urge, setUrge] = useState<OrderUrge | null>(null);
  if (order.urges.length === 0) return null;
  return (
    <Section title="催督办">
      {order.urges.map((each) => (
        <li key={each.id}>
          <p>
            <strong>{orderUrgeKind.labels[each.kind]}</strong>
            <span>{each.unit.name}</span>
            <span className="muted">
              {personName(each.by)} {fullDateMinute(each.at)}
            </span>
            {!each.answeredAt && <Tag tone="fault">待回复</Tag>}
            {each.can.answer && (
              <Button type="primary" size="small" onClick={() => setUrge(each)}>
                回复
              </Button>
            )}
          </p>
          <p className="order-text">{each.text}</p>
          {each.answeredBy && (
            <p className="order-text muted">
              {personName(each.answeredBy)} {each.answeredAt && fullDateMinute(each.answeredAt)} 回复：{each.answer}
            </p>
          )}
        </li>
      ))}
      {urge && <VerbForm order={order} verb={answering(order, urge)} onClose={() => setUrge(null)} />}
    </Section>
  );
}

export function Copies({ order: { copies } }: Props) {
  if (copies.length === 0) return null;
  return (
    <Section title="抄送">
      {copies.map(({ person, at, readAt }) => (
        <li key={person.id}>
          {personName(person)}{' '}
          <span className="muted">
            {fullDateMinute(at)}，{readAt ? `${fullDateMinute(readAt)} 已阅` : '未阅'}
          </span>
        </li>
      ))}
    </Section>
  );
}

/** Orders that this one has to do with. */
export function Related({ order: { parent, children, mergedInto } }: Props) {
  const related = [
    ...(parent ? [{ as: '父工单', order: parent }] : []),
    ...(mergedInto ? [{ as: '已合并到', order: mergedInto }] : []),
    ...children.map((order) => ({ as: '子工单', order })),
  ];
  if (related.length === 0) return null;
  return (
    <Section title="关联工单">
      {related.map(({ as, order }) => (
        <li key={order.id}>
          <p>
            <span className="muted">{as}</span>
            {order.readable ? <Link to={`/orders/${order.id}`}>{order.number}</Link> : <span>{order.number}</span>}
            <span className={order.readable ? undefined : 'muted'}>{order.readable ? order.title : '内容不可见'}</span>
            <span>{order.unit.name}</span>
            <Tag tone={orderTone[order.state]}>{workOrderState.labels[order.state]}</Tag>
          </p>
        </li>
      ))}
    </Section>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="panel">
      <h2>{title}</h2>
      <ul className="order-entries" aria-label={title}>
        {children}
      </ul>
    </section>
  );
}

import { type Registration, type SimilarOrder, workOrderKind, workOrderState } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { orderTone } from '../orders/words.ts';
import { api } from '../platform/api.ts';
import { dateMinute } from '../platform/format.ts';
import { Tag } from '../platform/Tag.tsx';
import { isUnderWay, type Peeked } from './OrderPeek.tsx';

const why: Record<SimilarOrder['by'], string> = {
  caller: '同一来电人',
  maybe_caller: '疑似同一来电人',
  text: '内容相似',
};

/** What similar orders are looked for by, as it was when a text was last left. */
export type Settled = Pick<Registration, 'unitId' | 'contactId' | 'callerNumber' | 'taxNumber' | 'content'>;

/** Nothing to look for yet: a call's own number is reason enough. */
const isEmpty = ({ contactId, callerNumber, taxNumber, content }: Settled) =>
  contactId === null && !callerNumber && !taxNumber && content.trim().length < 4;

export function useSimilar(id: string, settled: Settled): SimilarOrder[] {
  const { unitId, contactId, callerNumber, taxNumber, content } = settled;
  const input = { id, unitId, contactId, callerNumber, taxNumber: taxNumber ?? '', content };
  const { data } = useQuery(
    // It only helps: without an answer the registration goes on.
    api.orders.similar.queryOptions({
      ...{ input, enabled: !isEmpty(settled), retry: false, staleTime: 60_000 },
      placeholderData: (before) => before,
    }),
  );
  return data ?? [];
}

type Props = { orders: SimilarOrder[]; content: string; onPeek(peeked: Peeked): void; onDismiss(): void };

/** 查重: orders that may be about the same, before another one is made of it. */
export function SimilarOrders({ orders, content, onPeek, onDismiss }: Props) {
  return (
    <section className="panel similar" aria-label="相似工单">
      <h2>
        相似工单 <small>{orders.length} 件</small>
        <Button size="small" className="panel-end" onClick={onDismiss}>
          继续新建
        </Button>
      </h2>
      <ul className="past">
        {orders.map((order) => (
          <li key={order.id}>
            <div>
              <Tag tone={orderTone[order.state]}>{workOrderState.labels[order.state]}</Tag>
              <span className="muted">{workOrderKind.labels[order.kind]}</span>
              <span className="muted">{why[order.by]}</span>
              {order.likeness >= 0.3 && <span className="muted">相似 {Math.round(order.likeness * 100)}%</span>}
              <span className="muted num">{dateMinute(order.registeredAt)}</span>
            </div>
            <p title={order.title}>{order.title || order.number}</p>
            <div>
              <Button size="small" onClick={() => onPeek({ id: order.id, text: null })}>
                打开
              </Button>
              {isUnderWay(order) && (
                <Button size="small" onClick={() => onPeek({ id: order.id, text: content })}>
                  补充到该工单
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { contactDirection, workOrderState } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useState } from 'react';
import { ContactDrawer } from '../contacts/ContactDrawer.tsx';
import { orderTone } from '../orders/words.ts';
import { api } from '../platform/api.ts';
import { Failed } from '../platform/Failed.tsx';
import { dateMinute } from '../platform/format.ts';
import { Tag } from '../platform/Tag.tsx';
import type { Peeked } from './OrderPeek.tsx';

type Props = { contactId: string; onPeek(peeked: Peeked): void };

/** 此前来电与工单: so that nobody has to tell their story twice. Matches that aren't certain say so. */
export function CallerPast({ contactId, onPeek }: Props) {
  const { data, error, isPending, refetch } = useQuery(api.orders.ofCaller.queryOptions({ input: { contactId } }));
  const [contact, setContact] = useState<string | null>(null);
  return (
    <section className="panel" aria-label="此前来电与工单">
      <h2>
        此前来电与工单
        {data && (
          <small>
            工单 {data.orders.length} 件，来电 {data.contacts.length} 次
          </small>
        )}
      </h2>
      {isPending && <Skeleton className="panel-body" active title={false} paragraph={{ rows: 2 }} />}
      {error && <Failed error={error} retry={refetch} />}
      {data && data.orders.length + data.contacts.length === 0 && <p className="past-none muted">首次来电</p>}
      <ul className="past">
        {data?.orders.map(({ id, title, number, state, registeredAt, certain }) => (
          <li key={id}>
            <button type="button" onClick={() => onPeek({ id, text: null })}>
              <span>
                <Tag tone={orderTone[state]}>{workOrderState.labels[state]}</Tag>
                {!certain && <span className="past-maybe">疑似</span>}
                <span className="muted num">{dateMinute(registeredAt)}</span>
              </span>
              <span className="past-title" title={title}>
                {title || number}
              </span>
            </button>
          </li>
        ))}
        {data?.contacts.map(({ id, arrivedAt, direction, category }) => (
          <li key={id}>
            <button type="button" onClick={() => setContact(id)}>
              <span>
                {contactDirection.labels[direction]} <span className="muted num">{dateMinute(arrivedAt)}</span>
              </span>
              <span className="past-title muted">{category ?? '未填类别'}</span>
            </button>
          </li>
        ))}
      </ul>
      <ContactDrawer id={contact} onClose={() => setContact(null)} />
    </section>
  );
}

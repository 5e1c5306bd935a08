import type { OrderDetail } from '@rexian/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Result, Spin } from 'antd';
import { useEffect } from 'react';
import { useViewer } from '../../auth/viewer.ts';
import { api, client } from '../../platform/api.ts';
import { errorCode, errorText } from '../../platform/errors.ts';
import { Failed } from '../../platform/Failed.tsx';
import { useTitle } from '../../platform/useTitle.ts';
import { useKey } from '../useKey.ts';
import { WorkPanel } from '../work/WorkPanel.tsx';
import { Comments } from './Comments.tsx';
import { Flow } from './Flow.tsx';
import { Head } from './Head.tsx';
import { PrintSheet } from './PrintSheet.tsx';
import { Registered } from './Registered.tsx';
import { Copies, Related, Requests, Urges } from './Sections.tsx';
import { Trail } from './Trail.tsx';
import { useNext } from './useNext.ts';

/** One order: what was asked, where it is and has been, and what the viewer can do about it. */
export function OrderPage({ id }: { id: string }) {
  const { data, error, isPending, refetch } = useQuery(api.orders.get.queryOptions({ input: { id } }));
  if (isPending) return <Spin className="page-spin" />;
  if (!data) {
    if (errorCode(error) === 'NOT_FOUND') return <Result status="404" title={errorText(error)} />;
    return <Failed error={error} retry={refetch} />;
  }
  return <Order order={data} />;
}

function Order({ order }: { order: OrderDetail }) {
  useTitle(order.number);
  const next = useNext(order.id);
  useKey('Alt+N', next.go);
  useRead(order);
  return (
    <article className="order-page" data-order={order.number} data-order-state={order.state}>
      <Head order={order} next={next} />
      <div className="order-columns">
        <div className="order-main">
          <Registered order={order} />
          <Flow order={order} />
          <Requests order={order} />
          <Urges order={order} />
          <Related order={order} />
          <Copies order={order} />
          <Trail order={order} />
          {order.can.comment && <Comments order={order} />}
        </div>
        <WorkPanel order={order} next={next} />
      </div>
      <PrintSheet order={order} />
    </article>
  );
}

/** Whoever opens a copy has read it. */
function useRead({ id, copies }: OrderDetail): void {
  const viewer = useViewer();
  const queryClient = useQueryClient();
  const isUnread = copies.some(({ person, readAt }) => person.id === viewer.id && readAt === null);
  useEffect(() => {
    // Not told when it fails: the copy stays unread and is marked the next time.
    if (!isUnread) return;
    const count = () => queryClient.invalidateQueries({ queryKey: api.orders.counts.key() });
    client.orderSteps.readCopy({ id }).then(count, () => undefined);
  }, [id, isUnread, queryClient]);
}

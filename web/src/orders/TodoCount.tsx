import { ORDER_COUNT_LIMIT } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../platform/api.ts';

/** How many wait for the viewer, for the menu; nothing when none does. */
export function TodoCount() {
  // Messages bring changes at once; this only heals what a message lost.
  const { data } = useQuery(api.orders.counts.queryOptions({ refetchInterval: 60_000 }));
  if (!data || data.todo === 0) return null;
  return (
    <span className="menu-badge" title={`待办 ${Math.min(data.todo, ORDER_COUNT_LIMIT)} 件，超期 ${data.overdue} 件`}>
      {data.todo > 99 ? '99+' : data.todo}
    </span>
  );
}

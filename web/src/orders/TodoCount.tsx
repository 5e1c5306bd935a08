import { useQuery } from '@tanstack/react-query';
import { api } from '../platform/api.ts';

/** How many wait for the viewer, for their work or their decision, for the menu; nothing when none does. */
export function TodoCount() {
  // Messages bring changes at once; this only heals what a message lost.
  const { data } = useQuery(api.orders.counts.queryOptions({ refetchInterval: 60_000 }));
  if (!data) return null;
  const { todo, asked, overdue } = data;
  const waiting = todo + asked;
  if (waiting === 0) return null;
  const words = [`待办 ${todo} 件`, `超期 ${overdue} 件`, ...(asked > 0 ? [`待审批 ${asked} 件`] : [])];
  return (
    <span className="menu-badge" title={words.join('，')}>
      {waiting > 99 ? '99+' : waiting}
    </span>
  );
}

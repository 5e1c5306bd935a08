import { useQuery } from '@tanstack/react-query';
import { may, useViewer } from '../auth/viewer.ts';
import { api } from '../platform/api.ts';

/** How many articles wait for the viewer's review, for the menu; nothing when none does. */
export function ReviewCount() {
  const { data } = useQuery(
    api.knowledge.counts.queryOptions({
      enabled: may(useViewer(), 'knowledge.review'),
      refetchInterval: 60_000,
    }),
  );
  if (!data || data.toReview === 0) return null;
  return (
    <span className="menu-badge" title={`待我审核 ${data.toReview} 篇`}>
      {data.toReview > 99 ? '99+' : data.toReview}
    </span>
  );
}

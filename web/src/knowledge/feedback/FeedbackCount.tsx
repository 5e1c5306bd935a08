import { useQuery } from '@tanstack/react-query';
import { may, useViewer } from '../../auth/viewer.ts';
import { api } from '../../platform/api.ts';

/** How much feedback waits for the viewer's answer, for the menu; nothing when none does. */
export function FeedbackCount() {
  const { data } = useQuery(
    api.knowledgeFeedback.count.queryOptions({
      enabled: may(useViewer(), 'knowledge.edit'),
      refetchInterval: 60_000,
    }),
  );
  if (!data || data.open === 0) return null;
  return (
    <span className="menu-badge" title={`待处理反馈 ${data.open} 条`}>
      {data.open > 99 ? '99+' : data.open}
    </span>
  );
}

import { useQuery } from '@tanstack/react-query';
import { may, useViewer } from '../auth/viewer.ts';
import { api } from '../platform/api.ts';

/** What waits for the viewer's word, and what was returned to them; nobody who only reads is asked for either. */
export function useAnswerCounts() {
  const proposes = may(useViewer(), 'knowledge.edit', 'knowledge.review');
  const { data } = useQuery({
    // Notices bring changes at once; this only heals what was lost.
    ...api.answers.counts.queryOptions({ refetchInterval: 60_000 }),
    enabled: proposes,
  });
  return data ?? { toDecide: 0, returned: 0 };
}

/** For the menu; nothing when none waits. */
export function AnswerCount() {
  const { toDecide, returned } = useAnswerCounts();
  const waiting = toDecide + returned;
  if (waiting === 0) return null;
  const words = [toDecide > 0 && `待审核 ${toDecide} 条`, returned > 0 && `被退回 ${returned} 条`];
  return (
    <span className="menu-badge" title={words.filter(Boolean).join('，')}>
      {waiting > 99 ? '99+' : waiting}
    </span>
  );
}

import { MESSAGE_COUNT_LIMIT } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../platform/api.ts';

/** How many wait, for the menu; nothing when none does. */
export function MessageCount() {
  // Changes are told at once; this only heals what was lost on the way.
  const { data } = useQuery(api.messages.counts.queryOptions({ input: {}, refetchInterval: 60_000 }));
  if (!data || data.draft === 0) return null;
  const text = data.draft > 99 ? '99+' : data.draft;
  return (
    <span className="menu-badge" title={`待处理 ${Math.min(data.draft, MESSAGE_COUNT_LIMIT)} 条`}>
      {text}
    </span>
  );
}

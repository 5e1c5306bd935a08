import { useQuery } from '@tanstack/react-query';
import { api } from '../platform/api.ts';

/** Unread notices; undefined until the first answer. */
export function useUnread() {
  // Messages bring changes at once; this only heals what a message lost.
  return useQuery(api.notices.unread.queryOptions({ refetchInterval: 60_000 })).data;
}

import { useQuery } from '@tanstack/react-query';
import { api } from '../platform/api.ts';
import { basisOf } from './short.ts';

/** What an answer rests on, from the article that says more; empty: none, or not known yet. */
export function useBasis(articleId: string | null): string {
  const { data } = useQuery({
    ...api.knowledge.get.queryOptions({ input: { id: articleId ?? '' } }),
    enabled: articleId !== null,
    staleTime: 60_000,
  });
  return data && articleId ? basisOf(data) : '';
}

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api } from '../platform/api.ts';
import { basisOf } from './short.ts';

const article = (id: string) => api.knowledge.get.queryOptions({ input: { id }, staleTime: 60_000 });

/** What an answer rests on, from the article that says more; empty: none, or not known yet. */
export function useBasis(articleId: string | null): string {
  const { data } = useQuery({ ...article(articleId ?? ''), enabled: articleId !== null });
  return data && articleId ? basisOf(data) : '';
}

/** The same for whoever can't write without it; empty as well when it can't be had: the answer itself must not wait for good. */
export function useFetchBasis() {
  const queryClient = useQueryClient();
  return useCallback(
    (articleId: string | null): Promise<string> =>
      articleId === null ? Promise.resolve('') : queryClient.fetchQuery(article(articleId)).then(basisOf, () => ''),
    [queryClient],
  );
}

import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { forgetViewer } from '../auth/viewer.ts';
import { errorCode } from '../platform/errors.ts';

function noticeSignOut(error: unknown): void {
  if (errorCode(error) === 'UNAUTHORIZED') forgetViewer(queryClient);
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignOut }),
  mutationCache: new MutationCache({ onError: noticeSignOut }),
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      // Refusals of the contract won't change by asking again; a lost network may.
      retry: (failures, error) => errorCode(error) === null && failures < 2,
      // A hotline on an intranet has no "online" in the browser's sense.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

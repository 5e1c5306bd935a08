import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { forgetViewer, refetchViewer } from '../auth/viewer.ts';
import { errorCode } from '../platform/errors.ts';

/** The session is over, or something became due in the middle of it. */
function noticeEntrance(error: unknown): void {
  const code = errorCode(error);
  if (code === 'UNAUTHORIZED') forgetViewer(queryClient);
  else if (code === 'DUE') void refetchViewer(queryClient);
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEntrance }),
  mutationCache: new MutationCache({ onError: noticeEntrance }),
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

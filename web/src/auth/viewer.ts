import type { Permission, Viewer } from '@rexian/contracts';
import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { client } from '../platform/api.ts';
import { errorCode } from '../platform/errors.ts';

const viewerKey = ['viewer'];

/** Who is logged in; null: nobody. */
const viewerOptions = queryOptions<Viewer | null>({
  queryKey: viewerKey,
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async () => {
    try {
      return await client.auth.me();
    } catch (error) {
      if (errorCode(error) === 'UNAUTHORIZED') return null;
      throw error;
    }
  },
});

export function useViewerQuery() {
  return useQuery(viewerOptions);
}

export function rememberViewer(queryClient: QueryClient, viewer: Viewer): void {
  queryClient.setQueryData(viewerKey, viewer);
}

/** Back to the log-in page; nothing of the last viewer stays in memory. */
export function forgetViewer(queryClient: QueryClient): void {
  queryClient.setQueryData(viewerKey, null);
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'viewer' });
}

const ViewerContext = createContext<Viewer | null>(null);
export const ViewerProvider = ViewerContext.Provider;

export function useViewer(): Viewer {
  const viewer = use(ViewerContext);
  if (!viewer) throw new Error('useViewer outside of the shell');
  return viewer;
}

export function may(viewer: Viewer, ...anyOf: Permission[]): boolean {
  return anyOf.some((permission) => viewer.permissions.includes(permission));
}

/** Where a person starts: agents at the desk, leaders at the monitor. */
export function homeOf(viewer: Viewer): string {
  const leads = viewer.roles.includes('leader') || viewer.roles.includes('admin');
  if (leads && may(viewer, 'monitor.read')) return '/monitor';
  if (may(viewer, 'desk.use')) return '/desk';
  if (may(viewer, 'monitor.read')) return '/monitor';
  return '/contacts';
}

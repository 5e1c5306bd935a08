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
  queryFn: async ({ client: queryClient }) => {
    try {
      return await client.auth.me();
    } catch (error) {
      if (errorCode(error) !== 'UNAUTHORIZED') throw error;
      // The next one at this screen must not find anything of the one before.
      queryClient.removeQueries({ predicate: isNotViewer });
      return null;
    }
  },
});

export function useViewerQuery() {
  return useQuery(viewerOptions);
}

export function rememberViewer(queryClient: QueryClient, viewer: Viewer): void {
  queryClient.setQueryData(viewerKey, viewer);
}

/** Rights, scope or what is due may have changed. */
export function refetchViewer(queryClient: QueryClient): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: viewerKey });
}

/** Back to the log-in page; nothing of the last viewer stays in memory. */
export function forgetViewer(queryClient: QueryClient): void {
  queryClient.setQueryData(viewerKey, null);
  queryClient.removeQueries({ predicate: isNotViewer });
}

export function isNotViewer(query: { queryKey: readonly unknown[] }): boolean {
  return query.queryKey[0] !== viewerKey[0];
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

/** Those whose day is spent at the desk; leaders may take calls too, but most never do. */
export function livesAtDesk(viewer: Viewer): boolean {
  return may(viewer, 'desk.use') && !may(viewer, 'monitor.read');
}

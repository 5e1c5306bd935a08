import type { Unit } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../platform/api.ts';

const none: Unit[] = [];

/** All units of the viewer's scope, parents before children. Needs the permission 查看中心配置. */
export function useUnits() {
  const { data, isPending, error, refetch } = useQuery(api.units.tree.queryOptions({ staleTime: 30_000 }));
  return { units: data ?? none, isPending, error, refetch };
}

import type { FlowOptions } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../../platform/api.ts';

const none: ReadonlyMap<string, string> = new Map();

/** What people call what a unit's flows point to, by id; empty while it isn't known yet. */
export function useNames(unitId: string): ReadonlyMap<string, string> {
  const { data } = useQuery(api.flows.options.queryOptions({ input: { unitId }, staleTime: 30_000 }));
  return useMemo(() => (data ? namesIn(data) : none), [data]);
}

const namesIn = ({ queues, people, accessCodes, flows }: FlowOptions): ReadonlyMap<string, string> =>
  new Map([...queues, ...people, ...accessCodes, ...flows].map(({ id, name }) => [id, name]));

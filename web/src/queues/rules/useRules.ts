import type { PersonRef, RoutingRule } from '@rexian/contracts';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../../platform/api.ts';
import { agentName } from '../AgentSelect.tsx';
import type { RuleNames } from './words.ts';

const none: RoutingRule[] = [];

/** The rules of one centre in their order. */
export function useRules(unitId: string | undefined) {
  const { data, ...query } = useQuery(
    api.routingRules.list.queryOptions({ input: { ...(unitId ? { unitId } : {}) }, enabled: unitId !== undefined }),
  );
  // The answer holds the units below as well.
  const rules = useMemo(() => (data ?? none).filter(({ unit }) => unit.id === unitId), [data, unitId]);
  return { ...query, rules };
}

/** Service numbers in reach; a province has fewer than one page of them. */
export function useServiceNumbers() {
  const { data, isPending } = useQuery(api.numbers.list.queryOptions({ input: { limit: 200 }, staleTime: 30_000 }));
  return { numbers: data?.rows ?? [], isPending };
}

/** Those whose ids a rule holds, as far as they lie in reach. */
export function usePersons(ids: readonly string[]): PersonRef[] {
  return useQueries({
    queries: [...new Set(ids)].map((id) => api.people.get.queryOptions({ input: { id }, staleTime: 60_000 })),
    combine: (found) => found.flatMap(({ data }) => data ?? []),
  });
}

export function useRuleNames(
  rules: readonly RoutingRule[],
  queues: readonly { id: string; name: string }[],
): RuleNames {
  const { numbers } = useServiceNumbers();
  const persons = usePersons(rules.flatMap(({ effects }) => effects.persons));
  return {
    numbers: new Map(numbers.map(({ id, number, name }) => [id, `${number} ${name}`])),
    queues: new Map(queues.map(({ id, name }) => [id, name])),
    persons: new Map(persons.map((person) => [person.id, agentName(person)])),
  };
}

import { type ChosenReason, chosenReason, type RestReason } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../platform/api.ts';

/** What may be chosen as a reason, with the minutes it may last; without limits until the server has told them. */
export function useRestReasons(): RestReason[] {
  const { data } = useQuery(api.desk.reasons.queryOptions({ staleTime: 60_000 }));
  return data ?? chosenReason.values.map((reason) => ({ reason, minutes: null }));
}

export const restLabel = ({ reason, minutes }: RestReason): string =>
  minutes === null ? chosenReason.labels[reason] : `${chosenReason.labels[reason]}（${minutes} 分钟）`;

export const reasonOf = (key: string): ChosenReason => chosenReason.schema.parse(key);

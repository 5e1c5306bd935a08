import type { Calendar } from '@rexian/contracts';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useAction, useChange } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';

const touches = [api.calendars.key()];

/** The list shows what was saved at once; it is fetched again all the same. */
function remember(queryClient: QueryClient, saved: Calendar): void {
  queryClient.setQueryData<Calendar[]>(api.calendars.list.queryKey(), (list) => {
    if (!list) return list;
    return list.some(({ id }) => id === saved.id)
      ? list.map((each) => (each.id === saved.id ? saved : each))
      : [...list, saved];
  });
}

export function useCreateCalendar() {
  const queryClient = useQueryClient();
  return useChange({
    run: client.calendars.create,
    touches,
    done: (saved) => {
      remember(queryClient, saved);
      return `已新增“${saved.unit.name}”的工作日历`;
    },
  });
}

export function useSaveCalendar() {
  const queryClient = useQueryClient();
  return useChange({
    run: client.calendars.change,
    touches,
    done: (saved) => {
      remember(queryClient, saved);
      return `已保存“${saved.name}”`;
    },
  });
}

export const useRemoveCalendar = () => useAction({ run: client.calendars.remove, touches, done: '已删除' });

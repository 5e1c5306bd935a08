import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useLocation, useNavigate } from 'react-router';
import { client } from '../../platform/api.ts';
import { errorText } from '../../platform/errors.ts';
import { readListed, tabs } from '../list/filters.ts';

export interface Next {
  /** Opens the next of what waits for the viewer, else the list. */
  go(): Promise<void>;
  /** Back to the list as it was left. */
  leave(): void;
}

/** The next of 待办 by its deadline, or of 待审批, of those that the list showed which the order was opened from. */
export function useNext(id: string): Next {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { search } = useLocation();
  const { message } = App.useApp();
  const leave = () => void navigate({ pathname: '/orders', search });
  const go = async () => {
    const { tab, filter } = readListed(new URLSearchParams(search));
    const waiting = tab === 'asked' ? tab : 'todo';
    try {
      const { rows } = await queryClient.fetchQuery({
        queryKey: ['next order', id],
        staleTime: 0,
        queryFn: () => client.orders.list({ list: waiting, ...(tab === waiting ? filter : {}), limit: 2 }),
      });
      const next = rows.find((row) => row.id !== id);
      if (next) return void navigate({ pathname: `/orders/${next.id}`, search });
      void message.info(`没有其他${tabs[waiting]}工单`);
      leave();
    } catch (error) {
      void message.error(errorText(error));
    }
  };
  return { go, leave };
}

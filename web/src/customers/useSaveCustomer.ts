import { type Customer, customerChanges } from '@rexian/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { type RefObject, useEffect, useRef } from 'react';
import { api, client } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import type { Fields } from './fields.ts';

/** Sends changes and shows the answer on every place that shows the same person. */
export function useSaveCustomer(contactId: string, onSaved: () => void) {
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (changes: Partial<Fields>) => client.customers.save({ contactId, ...changes }),
    onSuccess: (customer: Customer) => {
      queryClient.setQueryData(api.customers.ofContact.queryKey({ input: { contactId } }), customer);
      // Other contacts of the same number show the same person.
      void queryClient.invalidateQueries({ queryKey: api.customers.ofContact.key() });
      void message.success('来电人已保存');
      onSaved();
    },
  });
}

/**
 * The desk takes the call away once its wrap-up is saved: what was typed of the caller goes along instead of being lost.
 * @param pending what would be sent now; emptied by whoever saves or gives up
 */
export function useSaveOnLeave(enabled: boolean, contactId: string, pending: RefObject<Partial<Fields>>): void {
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const kept = useRef({ enabled, contactId, message, queryClient });
  kept.current = { enabled, contactId, message, queryClient };
  useEffect(
    () => () => {
      const { enabled, contactId, message, queryClient } = kept.current;
      const changes = pending.current;
      if (!enabled || Object.keys(changes).length === 0) return;
      if (!customerChanges.safeParse(changes).success) {
        void message.warning('来电人未保存：填写的内容不符合要求，可在“通话记录”中补登', 6);
        return;
      }
      client.customers.save({ contactId, ...changes }).then(
        () => {
          void queryClient.invalidateQueries({ queryKey: api.customers.ofContact.key() });
          void message.success('来电人已保存');
        },
        (error: unknown) => void message.error(`来电人未保存：${errorText(error)}`, 6),
      );
    },
    [pending],
  );
}

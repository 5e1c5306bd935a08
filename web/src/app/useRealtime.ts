import type { Desk } from '@rexian/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isNotViewer, refetchViewer } from '../auth/viewer.ts';
import { api } from '../platform/api.ts';
import { realtime } from '../platform/realtime.ts';
import { throttle } from '../platform/throttle.ts';

/** Keeps every open query true: messages name what changed, the queries on screen are fetched again. */
export function useRealtime(): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    const refetchLists = throttle(() => {
      const { list, count } = api.contacts;
      const { list: lost, attempts, figures, callbacks } = api.lostCalls;
      for (const each of [list, count, lost, attempts, figures, callbacks, api.sms.list])
        void queryClient.invalidateQueries({ queryKey: each.key() });
    }, 3_000);
    const refetchOrders = throttle(() => {
      const { list, counts, get } = api.orders;
      for (const each of [api.messages.key(), list.key(), counts.key(), get.key()])
        void queryClient.invalidateQueries({ queryKey: each });
    }, 1_000);
    // Calls back belong to them, too.
    const refetchMessages = throttle(() => {
      for (const each of [api.messages.list, api.messages.get])
        void queryClient.invalidateQueries({ queryKey: each.key() });
    }, 1_000);
    const refetchMonitor = throttle(() => void queryClient.invalidateQueries({ queryKey: api.monitor.key() }), 1_000);
    const stops = [
      realtime.onConnect(() => void queryClient.invalidateQueries({ predicate: isNotViewer })),
      realtime.onMessage((message) => {
        switch (message.topic) {
          case 'desk':
          case 'message':
            void queryClient.invalidateQueries({ queryKey: api.desk.get.key() });
            // A lost call was assigned to the viewer, perhaps.
            void queryClient.invalidateQueries({ queryKey: api.lostCalls.list.key() });
            refetchMessages();
            break;
          case 'waiting':
            queryClient.setQueriesData<Desk>(
              { queryKey: api.desk.get.key() },
              (desk) => desk && { ...desk, waiting: message.waiting },
            );
            break;
          case 'contact':
            void queryClient.invalidateQueries({
              queryKey: api.contacts.get.key({ input: { id: message.contactId } }),
            });
            void queryClient.invalidateQueries({
              queryKey: api.flowRuns.path.key({ input: { id: message.contactId } }),
            });
            refetchLists();
            refetchMessages();
            break;
          case 'flow':
            void queryClient.invalidateQueries({ queryKey: api.flows.list.key() });
            void queryClient.invalidateQueries({ queryKey: api.flows.versions.key() });
            void queryClient.invalidateQueries({
              queryKey: api.flows.presence.key({ input: { id: message.flowId } }),
            });
            break;
          case 'workflow': {
            const { list, inForce, versions, presence } = api.workflows;
            for (const each of [list, inForce, versions, presence, api.orders.firstSteps])
              void queryClient.invalidateQueries({ queryKey: each.key() });
            break;
          }
          case 'work_orders':
            refetchOrders();
            break;
          case 'notice':
            void queryClient.invalidateQueries({ queryKey: api.notices.key() });
            // It may tell of an article or of an answer, which have no messages of their own.
            for (const each of [
              api.knowledge.counts,
              api.knowledgeFeedback.count,
              api.answers.counts,
              api.answers.proposals,
              api.answers.proposal,
              api.answers.sources,
            ])
              void queryClient.invalidateQueries({ queryKey: each.key() });
            break;
          case 'monitor':
            refetchMonitor();
            break;
          case 'viewer':
            void refetchViewer(queryClient);
            break;
        }
      }),
    ];
    realtime.connect();
    return () => {
      for (const stop of stops) stop();
      refetchLists.cancel();
      refetchOrders.cancel();
      refetchMessages.cancel();
      refetchMonitor.cancel();
      realtime.disconnect();
    };
  }, [queryClient]);
}

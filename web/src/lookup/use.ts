import type { KnowledgeUse } from '@rexian/contracts';
import { useCallback } from 'react';
import { client } from '../platform/api.ts';
import type { Opened } from './state.ts';

/** Says what was done with what was found. Nobody waits for it, and nobody is kept from their work when it fails. */
export function useTell(contactId: string | null) {
  return useCallback(
    (
      act: Exclude<KnowledgeUse, 'shown'>,
      { kind, id, searchId }: Pick<Opened, 'kind' | 'id' | 'searchId'>,
      orderId = null as string | null,
    ) => {
      client.knowledgeSearch.use({ kind, id, act, searchId, contactId, orderId }).catch(() => {
        // A figure of a report is missing: nothing that an agent in a call could mend.
      });
    },
    [contactId],
  );
}

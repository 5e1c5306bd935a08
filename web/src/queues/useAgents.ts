import { paged, paging, usePages } from '../listing/usePages.ts';
import { api } from '../platform/api.ts';

/** Agents in reach with their queues, page by page. */
export const useAgents = (filter: { unitId?: string; queueId?: string; text?: string }, limit = 50) =>
  usePages(api.queues.agents.infiniteOptions({ input: paged({ ...filter, limit }), ...paging }));

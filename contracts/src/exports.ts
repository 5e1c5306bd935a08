/** 导出任务: Excel files that are made in the background, for whoever asked, for some days. */
import { z } from 'zod';
import { errorCodes, id } from './common.ts';
import { orderFilter, orderList } from './orders.ts';
import { route } from './route.ts';
import { exportState } from './states/messages.ts';
import { knowledgeWriters } from './states/people.ts';

/** Below it the export's id; answers whoever asked for it alone. */
export const EXPORTS_PATH = '/media/exports';
/** More rows are refused: the search has to be narrowed. */
export const EXPORT_MAX_ROWS = 100_000;

export const exportJob = z.object({
  id,
  name: z.string(),
  state: exportState.schema,
  /** Rows; null: not counted yet. */
  total: z.number().int().nullable(),
  done: z.number().int(),
  createdAt: z.date(),
  /** It is removed then; null: not made yet. */
  expiresAt: z.date().nullable(),
  bytes: z.number().int().nullable(),
  /** Why there is none. */
  error: z.string(),
  url: z.string().nullable(),
});
export type ExportJob = z.infer<typeof exportJob>;

const exporter = ['work_orders.export'] as const;
/** Whoever may have something taken out, of orders or of knowledge. */
export const exporters = [...exporter, ...knowledgeWriters] as const;
const person = { tag: 'exports', by: 'person' } as const;
const { NOT_FOUND, REFUSED } = errorCodes;

export const exportJobs = {
  /** Those of the viewer, newest first. */
  list: route(exporters, { method: 'GET', path: '/exports', summary: '导出任务', ...person }).output(
    z.array(exportJob),
  ),
  /** What the list shows with this filter, as the viewer may see it now. REFUSED when too many are under way. */
  orders: route(exporter, { method: 'POST', path: '/exports/orders', summary: '导出工单', ...person })
    .errors({ REFUSED })
    .input(orderFilter.extend({ list: orderList }))
    .output(exportJob),
  /** Ends it, or removes the file. */
  remove: route(exporters, {
    method: 'DELETE',
    path: '/exports/{id}',
    summary: '删除导出任务',
    ...person,
    trace: 'none',
  })
    .errors({ NOT_FOUND })
    .input(z.object({ id }))
    .output(z.object({})),
};

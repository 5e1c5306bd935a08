/** 知识维护情况统计表, 知识使用情况统计表, and the query by article and answer that they sum up. */
import { z } from 'zod';
import { day, errorCodes, id, limit, page, text, unitRef } from './common.ts';
import { exportJob } from './exports.ts';
import { route } from './route.ts';
import { knowledgeKind } from './states/knowledge.ts';
import { knowledgeWriters } from './states/people.ts';

const count = z.number().int();
/** Both days included, in Beijing time; at most 366 of them. */
const period = { from: day, to: day };
/** `unitId`: the unit and all below it. */
const scope = { ...period, unitId: id.optional(), libraryId: id.optional() };
/** Sums by unit (each centre), by library, or by person. */
const by = z.enum(['unit', 'library', 'person']);

const made = {
  /** New articles and answers that came into use. */
  articles: count,
  answers: count,
  /** Further versions that came into use. */
  revised: count,
  returned: count,
  withdrawn: count,
  expired: count,
  /** Waiting for review at the end of the period. */
  waiting: count,
  feedback: count,
  feedbackAnswered: count,
  /** From feedback to its answer, on average; null: none was answered. */
  answeredInMs: count.nullable(),
  /** In use at the end of the period. */
  inUse: count,
};
const used = {
  searches: count,
  /** Searches that found nothing. */
  missed: count,
  shown: count,
  opened: count,
  copied: count,
  sent: count,
  attached: count,
  helpful: count,
  unhelpful: count,
};
const row = <T extends z.ZodRawShape>(shape: T) =>
  z.object({
    /** Unit, library or person; of the last row of all: 合计. */
    id: id.nullable(),
    name: z.string(),
    ...shape,
  });
export const maintenanceRow = row(made);
export const usageRow = row(used);
export type MaintenanceRow = z.infer<typeof maintenanceRow>;
export type UsageRow = z.infer<typeof usageRow>;

export const usedItem = z.object({
  kind: knowledgeKind.schema,
  id,
  title: z.string(),
  unit: unitRef,
  library: z.object({ id, name: z.string() }),
  category: z.string(),
  shown: count,
  opened: count,
  copied: count,
  sent: count,
  attached: count,
  helpful: count,
  unhelpful: count,
  lastUsedAt: z.date().nullable(),
});
export type UsedItem = z.infer<typeof usedItem>;

const own = { tag: 'knowledge', by: 'person' } as const;
const { REFUSED, BAD_REQUEST } = errorCodes;
export const usedFilter = z.object({
  ...scope,
  kind: knowledgeKind.schema.optional(),
  search: text(60).optional(),
  /** Nobody has opened it in the period. */
  unused: z.boolean().optional(),
});

/** Days stay text: they are stored as they are asked. */
export const knowledgeExport = z.discriminatedUnion('what', [
  z.object({ what: z.literal('maintenance'), ...scope, by }),
  z.object({ what: z.literal('usage'), ...scope, by }),
  usedFilter.extend({ what: z.literal('items') }),
]);
export type KnowledgeExport = z.infer<typeof knowledgeExport>;

export const knowledgeReports = {
  maintenance: route(knowledgeWriters, {
    method: 'GET',
    path: '/knowledge-reports/maintenance',
    summary: '知识维护情况统计表',
    ...own,
  })
    .errors({ BAD_REQUEST })
    .input(z.object({ ...scope, by }))
    .output(z.object({ rows: z.array(maintenanceRow), total: maintenanceRow })),
  usage: route(knowledgeWriters, {
    method: 'GET',
    path: '/knowledge-reports/usage',
    summary: '知识使用情况统计表',
    ...own,
  })
    .errors({ BAD_REQUEST })
    .input(z.object({ ...scope, by }))
    .output(z.object({ rows: z.array(usageRow), total: usageRow })),
  /** Most used first. */
  items: route(knowledgeWriters, { method: 'GET', path: '/knowledge-reports/items', summary: '知识使用查询', ...own })
    .errors({ BAD_REQUEST })
    .input(usedFilter.extend({ cursor: z.string().max(200).optional(), limit: limit() }))
    .output(page(usedItem)),
  /** The query, or a report, as Excel in the background, among the export jobs. */
  export: route(knowledgeWriters, {
    method: 'POST',
    path: '/knowledge-reports/export',
    summary: '导出知识统计',
    ...own,
  })
    .errors({ REFUSED, BAD_REQUEST })
    .input(knowledgeExport)
    .output(exportJob),
};

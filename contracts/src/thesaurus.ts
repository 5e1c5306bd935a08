/** 专题词库: words that mean the same in this field. A unit's terms hold for it and all below it. */
import { z } from 'zod';
import { errorCodes, id, limit, page, requiredText, text, unitRef } from './common.ts';
import { route } from './route.ts';
import { knowledgeReaders } from './states/people.ts';

export const thesaurusTerm = z.object({
  id,
  unit: unitRef,
  /** As the field writes it. */
  term: z.string(),
  /** Abbreviations, everyday words, old names. */
  synonyms: z.array(z.string()),
  enabled: z.boolean(),
  changedAt: z.date(),
  can: z.object({ change: z.boolean() }),
});
export type ThesaurusTerm = z.infer<typeof thesaurusTerm>;

const facts = {
  term: requiredText(40, '请输入术语'),
  synonyms: z.array(text(40).min(2, '同义词至少两个字')).min(1, '至少一个同义词').max(60, '最多 60 个同义词'),
  enabled: z.boolean(),
};
export const thesaurusFacts = z.object(facts);
export type ThesaurusFacts = z.infer<typeof thesaurusFacts>;

const own = { tag: 'answers', by: 'person' } as const;
const { NOT_FOUND, TAKEN } = errorCodes;
const edit = ['knowledge.edit'] as const;

export const thesaurus = {
  /** By term; `search`: part of a term or a synonym. */
  list: route(knowledgeReaders, { method: 'GET', path: '/thesaurus', summary: '专题词库', ...own })
    .input(
      z.object({
        search: text(40).optional(),
        unitId: id.optional(),
        cursor: z.string().max(200).optional(),
        limit: limit(),
      }),
    )
    .output(page(thesaurusTerm)),
  create: route(edit, { method: 'POST', path: '/thesaurus', summary: '新增词条', ...own })
    .errors({ NOT_FOUND, TAKEN })
    .input(z.object({ unitId: id, ...facts }))
    .output(thesaurusTerm),
  change: route(edit, { method: 'PATCH', path: '/thesaurus/{id}', summary: '修改词条', ...own })
    .errors({ NOT_FOUND, TAKEN })
    .input(z.object({ id, ...facts }))
    .output(thesaurusTerm),
  remove: route(edit, { method: 'DELETE', path: '/thesaurus/{id}', summary: '删除词条', ...own })
    .errors({ NOT_FOUND })
    .input(z.object({ id }))
    .output(z.object({})),
};

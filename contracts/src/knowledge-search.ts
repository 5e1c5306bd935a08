/** 知识检索: articles and answers by what somebody asks, best first, as far as the viewer may read them; and what becomes of what was found. */
import { z } from 'zod';
import { answerTurn } from './answer-turns.ts';
import { day, errorCodes, id, limit, requiredText, text, unitRef } from './common.ts';
import { route } from './route.ts';
import { articleSharing, articleValidity, knowledgeKind, knowledgeUse } from './states/knowledge.ts';
import { knowledgeReaders } from './states/people.ts';

/** As long as a caller's sentence; what comes after is left out. */
export const SEARCH_MAX = 200;

/** Text with what was found in it. */
const parts = z.array(z.object({ text: z.string(), hit: z.boolean() }));
export type Parts = z.infer<typeof parts>;

export const knowledgeHit = z.object({
  kind: knowledgeKind.schema,
  id,
  /** Title, or standard question. */
  title: parts,
  /** Where it says what was asked: from the summary, the body, a phrasing, or the answer; the best first. */
  snippets: z
    .array(z.object({ field: z.enum(['summary', 'body', 'phrasing', 'answer', 'tag', 'source']), parts }))
    .max(3),
  library: z.object({ id, name: z.string() }),
  category: z.object({ id, path: z.string() }),
  unit: unitRef,
  /** Of the centre that is asked for alone: neither from above or elsewhere, nor everybody's. */
  local: z.boolean(),
  sharing: articleSharing.schema,
  validFrom: day.nullable(),
  validTo: day.nullable(),
  changedAt: z.date(),
  /** Of an article: what answers already; of an answer: what it says or asks first. */
  says: z.string(),
  /** Of an answer. */
  turn: answerTurn.nullable(),
  /** The article that says more, if the viewer may read it. */
  articleId: id.nullable(),
  /** Times it was opened, copied, sent or attached in the last 30 days. */
  uses: z.number().int(),
});
export type KnowledgeHit = z.infer<typeof knowledgeHit>;

const filters = {
  kind: knowledgeKind.schema.optional(),
  libraryId: id.optional(),
  /** With all below it. */
  categoryId: id.optional(),
  /** Those for it, for what it lies in, and for everywhere. */
  region: z.string().max(40).optional(),
  /** `valid` unless said otherwise; the others are found by those who write alone. */
  validity: articleValidity.schema.optional(),
};
/** 高级检索: all of them must hold; each a part of the field's text. */
const fields = z.object({
  title: text(60).optional(),
  body: text(60).optional(),
  tag: text(20).optional(),
  source: text(60).optional(),
});

const facet = { count: z.number().int() };
export const knowledgeFound = z.object({
  /** Names what was asked, for `use`. */
  searchId: id,
  hits: z.array(knowledgeHit),
  total: z.number().int(),
  /** Of all that was found, whatever was chosen of the facet itself. */
  facets: z.object({
    kinds: z.array(z.object({ kind: knowledgeKind.schema, ...facet })),
    libraries: z.array(z.object({ id, name: z.string(), ...facet })),
    categories: z.array(z.object({ id, path: z.string(), ...facet })),
    regions: z.array(z.object({ name: z.string(), ...facet })),
  }),
  /** Terms of the thesaurus that the question was understood to speak of. */
  terms: z.array(z.string()),
});
export type KnowledgeFound = z.infer<typeof knowledgeFound>;

export const suggestion = z.object({
  text: z.string(),
  parts,
  kind: knowledgeKind.schema,
  id,
});
export type Suggestion = z.infer<typeof suggestion>;

const own = { tag: 'knowledge', by: 'person' } as const;
const { NOT_FOUND } = errorCodes;

export const knowledgeSearch = {
  /** With neither words nor fields nothing is found. `unitId`: whose callers it is for; the viewer's unit if left out. */
  search: route(knowledgeReaders, {
    method: 'POST',
    path: '/knowledge-search',
    summary: '检索知识',
    ...own,
    trace: 'none',
  })
    .input(
      z.object({
        text: z.string().transform((value) => value.slice(0, SEARCH_MAX).trim()),
        fields: fields.optional(),
        ...filters,
        unitId: id.optional(),
        contactId: id.nullable().default(null),
        offset: z.number().int().min(0).max(500).default(0),
        limit: limit(10, 50),
      }),
    )
    .output(knowledgeFound),
  /** Titles and questions that begin so, contain it, sound so, or have these initials. */
  suggest: route(knowledgeReaders, {
    method: 'GET',
    path: '/knowledge-search/suggestions',
    summary: '检索建议',
    ...own,
  })
    .input(z.object({ text: z.string().max(SEARCH_MAX), libraryId: id.optional(), limit: limit(8, 20) }))
    .output(z.array(suggestion)),
  /** What the viewer did with it. Of one search, or of one call, each act counts once for each person. */
  use: route(knowledgeReaders, {
    method: 'POST',
    path: '/knowledge-search/uses',
    summary: '记录知识使用',
    ...own,
    trace: 'none',
  })
    .errors({ NOT_FOUND })
    .input(
      z.object({
        kind: knowledgeKind.schema,
        id,
        act: knowledgeUse.schema.exclude(['shown']),
        searchId: id.nullable().default(null),
        contactId: id.nullable().default(null),
        orderId: id.nullable().default(null),
      }),
    )
    .output(z.object({})),
  /** 热点知识: what was used most in a week (Monday's day; the present one if left out), among what the viewer may read. */
  hot: route(knowledgeReaders, { method: 'GET', path: '/knowledge-search/hot', summary: '热点知识', ...own })
    .input(z.object({ unitId: id.optional(), week: day.optional(), libraryId: id.optional(), limit: limit(10, 50) }))
    .output(
      z.array(
        z.object({
          kind: knowledgeKind.schema,
          id,
          title: z.string(),
          library: z.object({ id, name: z.string() }),
          uses: z.number().int(),
          /** In the week before. */
          before: z.number().int(),
        }),
      ),
    ),
};

export const missingWord = z.object({
  id,
  text: z.string(),
  unit: unitRef,
  times: z.number().int(),
  people: z.number().int(),
  firstAt: z.date(),
  lastAt: z.date(),
  /** Null: nobody has dealt with it. */
  settled: z.object({ by: z.string(), at: z.date(), note: z.string() }).nullable(),
});
export type MissingWord = z.infer<typeof missingWord>;

const edit = ['knowledge.edit'] as const;
export const knowledgeMissing = {
  /** 未命中: what was asked and not found, most frequent first. */
  list: route(edit, { method: 'GET', path: '/knowledge-missing', summary: '未命中问题', ...own })
    .input(
      z.object({
        unitId: id.optional(),
        from: day.optional(),
        settled: z.boolean().default(false),
        cursor: z.string().max(200).optional(),
        limit: limit(),
      }),
    )
    .output(z.object({ rows: z.array(missingWord), nextCursor: z.string().nullable() })),
  settle: route(edit, { method: 'POST', path: '/knowledge-missing/{id}/settle', summary: '处理未命中问题', ...own })
    .errors({ NOT_FOUND })
    .input(z.object({ id, note: requiredText(200, '请填写处理情况') }))
    .output(missingWord),
};

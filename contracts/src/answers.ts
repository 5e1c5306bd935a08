/**
 * 智能知识库: questions with their short answers, for agents, bots and voice. An answer is changed by a proposal, which somebody else of the unit
 * that is to have it adopts or returns; a centre proposes to its own bank or to one above. What was adopted before is kept as versions.
 */
import { z } from 'zod';
import { answerTurn, phrasings } from './answer-turns.ts';
import { day, errorCodes, id, limit, page, requiredText, text, unitRef } from './common.ts';
import { route } from './route.ts';
import { answerState, articleSharing, articleValidity, proposalState } from './states/knowledge.ts';
import { knowledgeReaders } from './states/people.ts';

export const answerContent = z
  .object({
    libraryId: id,
    /** Of the library. */
    categoryId: id,
    /** 标准问题 */
    question: requiredText(100, '请输入标准问题'),
    /** 相似问法 */
    phrasings,
    turn: answerTurn,
    /** The article that says more. */
    articleId: id.nullable(),
    tags: z.array(requiredText(20, '请输入标签')).max(20, '最多 20 个标签'),
    validFrom: day.nullable(),
    validTo: day.nullable(),
    sharing: articleSharing.schema,
    /** The answer of a unit above in whose place it stands for the unit's own callers. */
    replacesId: id.nullable(),
  })
  .refine(({ validFrom, validTo }) => !validFrom || !validTo || validFrom <= validTo, {
    ...{ message: '有效期截止早于开始', path: ['validTo'] },
  });
export type AnswerContent = z.infer<typeof answerContent>;

const link = z.object({ id, title: z.string() });
const heading = {
  id,
  unit: unitRef,
  library: z.object({ id, name: z.string() }),
  category: z.object({ id, path: z.string() }),
  question: z.string(),
  phrasings: z.number().int(),
  /** The answer, or what is asked first. */
  says: z.string(),
  /** Asks back. */
  multiTurn: z.boolean(),
  state: answerState.schema,
  sharing: articleSharing.schema,
  validFrom: day.nullable(),
  validTo: day.nullable(),
  version: z.number().int(),
  changedAt: z.date(),
  /** Which answer from above it stands in for. */
  replaces: link.nullable(),
};
export const answerSummary = z.object(heading);
export type AnswerSummary = z.infer<typeof answerSummary>;

export const proposal = z.object({
  id,
  /** null: a new answer. */
  answer: link.nullable(),
  /** Who is to have it, and who proposes. */
  unit: unitRef,
  from: unitRef,
  by: z.string(),
  at: z.date(),
  content: answerContent,
  article: link.nullable(),
  /** Of the library and category that it names. */
  place: z.string(),
  note: z.string(),
  /** The import that brought it in, with others. */
  importId: id.nullable(),
  state: proposalState.schema,
  /** Why it was returned. */
  reason: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.date().nullable(),
  /** The version that it was written from; null: new. */
  base: z.number().int().nullable(),
  can: z.object({ decide: z.boolean(), recall: z.boolean(), again: z.boolean() }),
});
export type Proposal = z.infer<typeof proposal>;

/** Those that one person proposed, by hand or in one import, as far as they wait for the viewer's word. */
export const proposalSource = z.object({
  by: z.object({ id, name: z.string() }),
  importId: id.nullable(),
  /** Of the first. */
  at: z.date(),
  proposals: z.number().int(),
});
export type ProposalSource = z.infer<typeof proposalSource>;

/** So many are decided in one request. */
export const PROPOSALS_AT_ONCE = 200;

/** Why one of several was not decided; null: it was. */
export const proposalOutcome = z.object({
  refusal: z
    .object({ code: z.enum(['NOT_FOUND', 'CHANGED', 'REFUSED', 'WRONG_STATE']), message: z.string() })
    .nullable(),
});
export type ProposalOutcome = z.infer<typeof proposalOutcome>;

export const answer = z.object({
  ...heading,
  content: answerContent,
  article: link.nullable(),
  /** Answers of centres below that stand in for it there, as far as the viewer sees them. */
  replacedBy: z.array(z.object({ id, unit: unitRef })),
  /** Why it is out of use. */
  disabledReason: z.string(),
  /** For those who write or review; newest first. */
  versions: z.array(
    z.object({ version: z.number().int(), at: z.date(), by: z.string(), from: z.string(), content: answerContent }),
  ),
  /** Those that wait for a word. */
  pending: z.array(z.object({ id, from: unitRef, by: z.string(), at: z.date() })),
  can: z.object({ propose: z.boolean(), disable: z.boolean() }),
});
export type Answer = z.infer<typeof answer>;

export const answerFilter = z.object({
  libraryId: id.optional(),
  categoryId: id.optional(),
  unitId: id.optional(),
  state: answerState.schema.optional(),
  validity: articleValidity.schema.optional(),
  multiTurn: z.boolean().optional(),
  tag: z.string().max(20).optional(),
  /** Part of the question or of a phrasing. */
  search: text(60).optional(),
});
export type AnswerFilter = z.infer<typeof answerFilter>;

/** What is there already of a question that is being written. */
export const duplicate = z.object({
  answer: link,
  unit: unitRef,
  /** Which of those asked about. */
  asked: z.string(),
  /** The answer's phrasing that is alike. */
  phrasing: z.string(),
  /** 1: the same, but for marks and spaces. */
  likeness: z.number(),
});
export type Duplicate = z.infer<typeof duplicate>;

const own = { tag: 'answers', by: 'person' } as const;
const { NOT_FOUND, CHANGED, REFUSED, WRONG_STATE } = errorCodes;
const edit = ['knowledge.edit'] as const;
const review = ['knowledge.review'] as const;
const either = ['knowledge.edit', 'knowledge.review'] as const;
const reason = requiredText(500, '请填写原因');
const several = z
  .array(id)
  .min(1, '请选择问答')
  .max(PROPOSALS_AT_ONCE, `一次最多 ${PROPOSALS_AT_ONCE} 条`)
  .refine((ids) => new Set(ids).size === ids.length, '同一条只能选择一次');

export const answers = {
  /** What was changed last comes first. */
  list: route(knowledgeReaders, { method: 'GET', path: '/answers', summary: '问答', ...own })
    .input(answerFilter.extend({ cursor: id.optional(), limit: limit() }))
    .output(page(answerSummary)),
  get: route(knowledgeReaders, { method: 'GET', path: '/answers/{id}', summary: '问答详情', ...own })
    .errors({ NOT_FOUND })
    .input(z.object({ id }))
    .output(answer),
  /** Questions and phrasings that are alike, nearest first. */
  duplicates: route(edit, {
    method: 'POST',
    path: '/answers/duplicates',
    summary: '查找重复问法',
    ...own,
    trace: 'none',
  })
    .input(z.object({ phrasings: phrasings.min(1), exceptId: id.nullable().default(null) }))
    .output(z.array(duplicate)),
  /** `unitId`: who is to have it, a unit in reach or above the viewer's. `base`: CHANGED when the answer is of another version by now. */
  propose: route(edit, { method: 'POST', path: '/answers/proposals', summary: '提交问答', ...own })
    .errors({ NOT_FOUND, CHANGED, REFUSED })
    .input(
      z.object({
        unitId: id,
        answerId: id.nullable(),
        base: z.number().int().nullable(),
        content: answerContent,
        note: text(200).default(''),
      }),
    )
    .output(proposal),
  /** Those from and to the units in reach; newest first. `toDecide`: those that wait for the viewer's word. */
  proposals: route(either, { method: 'GET', path: '/answers/proposals', summary: '问答提交记录', ...own })
    .input(
      z.object({
        state: proposalState.schema.optional(),
        mine: z.boolean().optional(),
        toDecide: z.boolean().optional(),
        answerId: id.optional(),
        /** Who proposed it. */
        byId: id.optional(),
        importId: id.optional(),
        cursor: id.optional(),
        limit: limit(),
      }),
    )
    .output(page(proposal)),
  /** Those that `toDecide` lists, by where they come from; newest first. */
  sources: route(review, {
    method: 'GET',
    path: '/answers/proposals/sources',
    summary: '待审核问答来源',
    ...own,
  }).output(z.array(proposalSource)),
  proposal: route(either, { method: 'GET', path: '/answers/proposals/{id}', summary: '问答提交详情', ...own })
    .errors({ NOT_FOUND })
    .input(z.object({ id }))
    .output(proposal),
  /** `returned`: those of the viewer that weren't proposed again since. */
  counts: route(either, { method: 'GET', path: '/answers/counts', summary: '问答数量', ...own }).output(
    z.object({ toDecide: z.number().int(), returned: z.number().int() }),
  ),
  /** CHANGED when the answer has another version by now than the proposal was written from. */
  adopt: route(review, { method: 'POST', path: '/answers/proposals/{id}/adopt', summary: '采纳问答', ...own })
    .errors({ NOT_FOUND, CHANGED, REFUSED, WRONG_STATE })
    .input(z.object({ id }))
    .output(proposal),
  return: route(review, { method: 'POST', path: '/answers/proposals/{id}/return', summary: '退回问答', ...own })
    .errors({ NOT_FOUND, REFUSED, WRONG_STATE })
    .input(z.object({ id, reason }))
    .output(proposal),
  /** Each as `adopt` does it, apart from the others. Outcomes come in the order of `ids`; each proposer gets one notice of all of theirs. */
  adoptSeveral: route(review, { method: 'POST', path: '/answers/proposals/adopt', summary: '批量采纳问答', ...own })
    .input(z.object({ ids: several }))
    .output(z.array(proposalOutcome)),
  /** As `adoptSeveral`, with one reason for all. */
  returnSeveral: route(review, { method: 'POST', path: '/answers/proposals/return', summary: '批量退回问答', ...own })
    .input(z.object({ ids: several, reason }))
    .output(z.array(proposalOutcome)),
  /** By whoever proposed it. */
  recall: route(edit, { method: 'POST', path: '/answers/proposals/{id}/recall', summary: '撤回问答', ...own })
    .errors({ NOT_FOUND, REFUSED, WRONG_STATE })
    .input(z.object({ id }))
    .output(proposal),
  /** Out of use or into use again, at once. */
  setState: route(review, { method: 'POST', path: '/answers/{id}/state', summary: '启停问答', ...own })
    .errors({ NOT_FOUND, WRONG_STATE })
    .input(z.object({ id, state: answerState.schema, reason: text(500).default('') }))
    .output(answer),
};

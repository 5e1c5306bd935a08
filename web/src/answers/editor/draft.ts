/** An answer while it is written. */
import { type AnswerContent, answerContent, articleSharing } from '@rexian/contracts';
import { z } from 'zod';
import { emptyTurn, turnDraft, turnDraftOf, turnFaults, turnOf } from './turnDraft.ts';

const nullable = z.string().nullable();
export const answerDraft = z.object({
  /** Who is to have it. */
  unitId: z.string(),
  libraryId: nullable,
  categoryId: nullable,
  question: z.string(),
  phrasings: z.array(z.string()),
  turn: turnDraft,
  articleId: nullable,
  tags: z.array(z.string()),
  validFrom: nullable,
  validTo: nullable,
  sharing: articleSharing.schema,
  replacesId: nullable,
  /** For whoever reviews it. */
  note: z.string(),
});
export type AnswerDraft = z.infer<typeof answerDraft>;

export const emptyDraft = (unitId: string, question = ''): AnswerDraft => ({
  ...{ unitId, libraryId: null, categoryId: null, question, phrasings: [], turn: emptyTurn(), articleId: null },
  ...{ tags: [], validFrom: null, validTo: null, sharing: 'subtree', replacesId: null, note: '' },
});

export const draftOf = (unitId: string, content: AnswerContent): AnswerDraft => ({
  ...content,
  ...{ unitId, turn: turnDraftOf(content.turn), note: '' },
});

/** As it is sent in; null fields that must not be are told by `faultsOf`. */
export function contentOf(draft: AnswerDraft): AnswerContent | null {
  const { unitId: _unit, note: _note, turn, ...rest } = draft;
  return answerContent.safeParse({ ...rest, turn: turnOf(turn) }).data ?? null;
}

export interface Faults {
  /** By field. */
  fields: Map<string, string>;
  /** By the key of a turn or choice. */
  turns: Map<string, string>;
}

/** What keeps it from being sent in. */
export function faultsOf(draft: AnswerDraft): Faults {
  const turns = turnFaults(draft.turn);
  const fields = new Map<string, string>();
  if (draft.categoryId === null) fields.set('categoryId', '请选择知识库目录');
  const { unitId: _unit, note: _note, turn: _turn, ...rest } = draft;
  const read = answerContent.safeParse({ ...rest, turn: { answer: '已另行检查' } });
  for (const { path, message } of read.error?.issues ?? []) {
    const field = String(path[0]);
    if (!fields.has(field) && field !== 'libraryId') fields.set(field, message);
  }
  return { fields, turns };
}

/**
 * 问答导入: an Excel file of questions with their answers, looked at first, then proposed row by row as if somebody had typed them. And 问答导出, in the
 * same columns.
 */
import { z } from 'zod';
import { answerFilter } from './answers.ts';
import { errorCodes, id } from './common.ts';
import { IMPORT_MAX_BYTES } from './exchange.ts';
import { route } from './route.ts';
import { articleSharing } from './states/knowledge.ts';
import { knowledgeWriters } from './states/people.ts';

/** More rows are refused. */
export const ANSWER_IMPORT_MAX_ROWS = 5_000;

/** `wrong`: has errors and can't be chosen; `same`: a phrasing is there already; `alike`: one is much like it. */
export const answerImportState = z.enum(['new', 'alike', 'same', 'wrong']);

/** A column's heading; null when the whole row is wrong. */
const fault = z.object({ column: z.string().nullable(), message: z.string() });

export const answerImportRow = z.object({
  /** As Excel counts, from 1 with the heading. */
  row: z.number().int(),
  state: answerImportState,
  /** As the file has them. */
  library: z.string(),
  category: z.string(),
  question: z.string(),
  phrasings: z.number().int(),
  answer: z.string(),
  errors: z.array(fault),
  /** Nearest first, at most three: of the bank, or of an earlier row of the file. */
  alike: z.array(
    z.object({
      /** The row's own. */
      phrasing: z.string(),
      theirs: z.string(),
      /** 1: the same, but for marks and spaces. */
      likeness: z.number(),
      /** One of both is null. */
      answer: z.object({ id, title: z.string() }).nullable(),
      row: z.number().int().nullable(),
    }),
  ),
});
export type AnswerImportRow = z.infer<typeof answerImportRow>;

export const answerImportCheck = z.object({
  /** Names the import for `confirm`. */
  importId: id,
  /** In the order of the file. */
  rows: z.array(answerImportRow),
  /** Of the file as a whole: headings that are missing or stand there twice. */
  errors: z.array(fault),
});
export type AnswerImportCheck = z.infer<typeof answerImportCheck>;

export const answerImportResult = z.object({
  /** Rows that are proposals now. */
  proposed: z.number().int(),
  /** Chosen rows that an earlier confirmation of this import had proposed already. */
  already: z.number().int(),
  /** Of chosen rows. Any of them, and nothing was proposed. */
  errors: z.array(fault.extend({ row: z.number().int() })),
});
export type AnswerImportResult = z.infer<typeof answerImportResult>;

const own = { tag: 'answers', by: 'person' } as const;
const edit = ['knowledge.edit'] as const;
const { NOT_FOUND, BAD_FILE, REFUSED } = errorCodes;
/** Of all its answers: an article that says more must reach as far. */
const sharing = articleSharing.schema.default('subtree');
const file = z.file().max(IMPORT_MAX_BYTES, '文件超过 5 MB');

export const answerImports = {
  /** An empty file with headings and an example. */
  template: route(edit, { method: 'GET', path: '/answers/import/template', summary: '问答导入模板', ...own }).output(
    z.file(),
  ),
  /** Changes nothing. `unitId`: who is to have them, as in `answers.propose`. */
  check: route(edit, { method: 'POST', path: '/answers/import/check', summary: '检查问答文件', ...own, trace: 'none' })
    .errors({ NOT_FOUND, BAD_FILE })
    .input(z.object({ unitId: id, file, sharing }))
    .output(answerImportCheck),
  /** Proposes the rows chosen, all of them or none. Sent again with the same import, rows aren't proposed twice. */
  confirm: route(edit, { method: 'POST', path: '/answers/import', summary: '导入问答', ...own })
    .errors({ NOT_FOUND, BAD_FILE })
    .input(
      z.object({
        importId: id,
        unitId: id,
        file,
        /** As Excel counts. */
        rows: z.array(z.number().int().min(2)).min(1, '请选择要导入的行').max(ANSWER_IMPORT_MAX_ROWS),
        sharing,
      }),
    )
    .output(answerImportResult),
  /** What the list shows with this filter, in the columns of the import and some more. REFUSED when it is more than an import takes. */
  export: route(knowledgeWriters, { method: 'POST', path: '/answers/export', summary: '导出问答', ...own })
    .errors({ REFUSED })
    .input(answerFilter)
    .output(z.file()),
};

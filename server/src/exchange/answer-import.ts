/** Rows of a file of answers become proposals: all that were chosen, or none; each once, however often it is sent. */
import type { AnswerImportResult } from '@rexian/contracts';
import { requireTarget } from '../answers/places.ts';
import { tellReviewers } from '../answers/telling.ts';
import type { Reader } from '../knowledge/libraries.ts';
import { newId } from '../platform/ids.ts';
import { type AnswerFile, readAnswerFile } from './answer-check.ts';
import type { AnswerLine } from './answer-lines.ts';

const AT_ONCE = 500;

export interface AnswerImport extends AnswerFile {
  importId: string;
  rows: number[];
}

/** `questions`: of the proposals that were made. */
export interface Imported extends AnswerImportResult {
  unit: { id: string; name: string };
  questions: string[];
}

/** Runs in a transaction of the viewer's scope. Throws NOT_FOUND, BAD_FILE. */
export async function importAnswers(editor: Reader, given: AnswerImport): Promise<Imported> {
  const { unit, from } = await requireTarget(editor, given.unitId);
  const { lines, problems } = await readAnswerFile(editor, given);
  const chosen = new Set(given.rows);
  const taken = lines.filter(({ row }) => chosen.has(row.number));
  const known = new Set(taken.map(({ row }) => row.number));
  const nothing = { proposed: 0, already: 0, unit, questions: [] };
  const errors = [
    ...taken
      .filter(({ content }) => !content)
      .flatMap(({ row }) => (problems.get(row.number) ?? []).map((problem) => ({ row: row.number, ...problem }))),
    ...[...chosen].filter((row) => !known.has(row)).map((row) => ({ row, column: null, message: '文件中没有这一行' })),
  ];
  if (errors.length > 0) return { ...nothing, errors };
  const questions = await insert(editor, { ...given, unitId: unit.id, fromId: from.id }, taken);
  if (questions.length > 0)
    await tellReviewers(editor, unit, { about: `导入问答 ${questions.length} 条`, link: '/answers/proposals' });
  return { unit, questions, proposed: questions.length, already: taken.length - questions.length, errors: [] };
}

async function insert(
  { db, caller }: Reader,
  { importId, unitId, fromId }: { importId: string; unitId: string; fromId: string },
  lines: readonly AnswerLine[],
): Promise<string[]> {
  const rows = lines.flatMap(({ row, content }) =>
    content
      ? [
          {
            ...{ id: newId(), answer_id: null, unit_id: unitId, from_unit_id: fromId, base: null },
            ...{ content: JSON.stringify(content), by_person: caller.viewer.id, decided_by: null, decided_at: null },
            ...{ import_id: importId, import_row: row.number },
          },
        ]
      : [],
  );
  const questions: string[] = [];
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const made = await db
      .insertInto('answer_proposals')
      .values(rows.slice(at, at + AT_ONCE))
      .onConflict((conflict) => conflict.constraint('answer_proposals_import').doNothing())
      .returning('content')
      .execute();
    questions.push(...made.map(({ content }) => content.question));
  }
  return questions;
}

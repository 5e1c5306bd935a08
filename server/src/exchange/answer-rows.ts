/** Answers as rows of a file: in the columns that they come in by, and what else the list shows. */
import {
  ANSWER_IMPORT_MAX_ROWS,
  type AnswerFilter,
  type AnswerTurn,
  answerState,
  articleSharing,
} from '@rexian/contracts';
import { type StoredAnswer, wholeAnswers } from '../answers/answers.ts';
import type { Reader } from '../knowledge/libraries.ts';
import { refusal } from '../platform/errors.ts';
import { excelTime } from '../platform/excel.ts';
import { answerColumns } from './answer-lines.ts';
import type { Column } from './sheet.ts';

const more = (title: string, width: number): Column => ({ title, width, example: '' });
export const exportColumns: readonly Column[] = [
  ...answerColumns,
  ...[more('单位', 22), more('类型', 8), more('状态', 8), more('共享范围', 14), more('替代', 36), more('更新时间', 20)],
];

/** Throws REFUSED. */
export async function answerRows(reader: Reader, filter: AnswerFilter): Promise<string[][]> {
  const found = await wholeAnswers(reader, filter, ANSWER_IMPORT_MAX_ROWS);
  if (found.length > ANSWER_IMPORT_MAX_ROWS)
    throw refusal('REFUSED', `超过 ${ANSWER_IMPORT_MAX_ROWS} 条，请缩小查询范围`);
  return found.map(rowOf);
}

function rowOf({ content, ...answer }: StoredAnswer): string[] {
  const { library, category, article, validFrom, validTo } = answer;
  return [
    ...[library.name, category.path, content.question, content.phrasings.join('；'), said(content.turn)],
    ...[article?.title ?? '', content.tags.join('、'), validFrom ?? '', validTo ?? ''],
    ...[answer.unit.name, answer.multiTurn ? '多轮' : '单轮', answerState.labels[answer.state]],
    ...[articleSharing.labels[answer.sharing], answer.replaces?.title ?? '', excelTime(answer.changedAt)],
  ];
}

/** What is asked first stands above its choices, each with what it leads to, further in. */
function said(turn: AnswerTurn, depth = 0): string {
  if ('answer' in turn) return turn.answer;
  const choices = turn.choices.map(({ choice, next }) => {
    const led = said(next, depth + 1);
    return `${'　'.repeat(depth)}【${choice}】${led}`;
  });
  return [turn.ask, ...choices].join('\n');
}

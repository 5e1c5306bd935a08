/** What differs between two contents of an answer, field by field. */
import { type AnswerContent, type AnswerTurn, answersOf, articleSharing } from '@rexian/contracts';
import { validityWords } from '../words.ts';

export interface FieldChange {
  label: string;
  before: string;
  after: string;
}
export interface SetChange {
  label: string;
  added: string[];
  removed: string[];
}

export interface Difference {
  /** Texts that became others. */
  fields: FieldChange[];
  /** Lists of which some came and some went. */
  sets: SetChange[];
}

/** Words for what a content names by id; empty: not known. */
export interface Names {
  place(at: { libraryId: string; categoryId: string }): string;
  article(id: string): string;
  answer(id: string): string;
}

export function differenceOf(before: AnswerContent, after: AnswerContent, names: Names): Difference {
  const named = (id: string | null, name: (id: string) => string) => (id ? name(id) || '（无权查看）' : '');
  const pairs: [string, string, string][] = [
    ['标准问题', before.question, after.question],
    ['知识库 / 目录', names.place(before), names.place(after)],
    ...turnPairs(before.turn, after.turn),
    ['关联知识', named(before.articleId, names.article), named(after.articleId, names.article)],
    ['有效期', validityWords(before), validityWords(after)],
    ['共享范围', articleSharing.labels[before.sharing], articleSharing.labels[after.sharing]],
    ['替代上级问答', named(before.replacesId, names.answer), named(after.replacesId, names.answer)],
  ];
  const sets = [
    setChange('问法', before.phrasings, after.phrasings),
    setChange('标签', before.tags, after.tags),
  ].filter(({ added, removed }) => added.length + removed.length > 0);
  const fields = pairs
    .filter(([, one, other]) => one !== other)
    .map(([label, one, other]) => ({ label, before: one, after: other }));
  return { fields, sets };
}

/** Branch by branch: a question asked back by the choices that lead to it, an answer likewise. */
function turnPairs(before: AnswerTurn, after: AnswerTurn): [string, string, string][] {
  const [were, are] = [linesOf(before), linesOf(after)];
  const labels = [...new Set([...are.keys(), ...were.keys()])];
  return labels.map((label) => [label, were.get(label) ?? '', are.get(label) ?? '']);
}

function linesOf(turn: AnswerTurn): Map<string, string> {
  const lines = new Map<string, string>();
  for (const { path, ask } of asksOf(turn, [])) lines.set(labelled('反问', path), ask);
  for (const { path, answer } of answersOf(turn)) lines.set(labelled('答案', path), answer);
  return lines;
}

function asksOf(turn: AnswerTurn, path: string[]): { path: string[]; ask: string }[] {
  if ('answer' in turn) return [];
  const choices = turn.choices.map(({ choice, synonyms }) => [choice, ...synonyms].join('、')).join('；');
  const mine = { path, ask: `${turn.ask}（${turn.slot}：${choices}）` };
  return [mine, ...turn.choices.flatMap(({ choice, next }) => asksOf(next, [...path, choice]))];
}

const labelled = (what: string, path: string[]): string => (path.length > 0 ? `${what}（${path.join(' → ')}）` : what);

const setChange = (label: string, before: readonly string[], after: readonly string[]): SetChange => ({
  label,
  added: after.filter((each) => !before.includes(each)),
  removed: before.filter((each) => !after.includes(each)),
});

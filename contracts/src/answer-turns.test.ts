import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type AnswerTurn, answersOf, answerTurn, TURNS_DEEPEST, turnDue } from './answer-turns.ts';

const tree: AnswerTurn = {
  ...{ ask: '请问是一般纳税人吗？', slot: '纳税人类型' },
  choices: [
    { choice: '一般纳税人', synonyms: ['一般'], next: { answer: '按月' } },
    {
      ...{ choice: '小规模纳税人', synonyms: ['小规模'] },
      next: {
        ...{ ask: '请问是个体工商户吗？', slot: '主体' },
        choices: [
          { choice: '是', synonyms: [], next: { answer: '按季' } },
          { choice: '否', synonyms: [], next: { answer: '按季或按次' } },
        ],
      },
    },
  ],
};
const refusal = (value: unknown): string => answerTurn.safeParse(value).error?.issues[0]?.message ?? '';
const nested = (depth: number): unknown =>
  depth === 0
    ? { answer: '到底' }
    : {
        ...{ ask: '再问', slot: `槽${depth}` },
        choices: [
          { choice: '甲', next: nested(depth - 1) },
          { choice: '乙', next: { answer: '乙' } },
        ],
      };

it('takes an answer or what is asked first, and fills in what may be left out', () => {
  expect(answerTurn.parse(tree)).toEqual(tree);
  expect(answerTurn.parse(nested(1))).toMatchObject({ choices: [{ synonyms: [] }, { synonyms: [] }] });
  expect(refusal({ answer: '字'.repeat(501) })).not.toBe('');
  expect(refusal({ answer: ' ' })).not.toBe('');
  expect(refusal({ ...tree, answer: '两样' })).not.toBe('');
  expect(refusal({ ...tree, choices: tree.choices.slice(0, 1) })).not.toBe('');
});

it('goes as deep as people can follow, and no deeper, however deep it comes', () => {
  expect(refusal(nested(TURNS_DEEPEST))).toBe('');
  expect(refusal(nested(TURNS_DEEPEST + 1))).toBe(`最多反问 ${TURNS_DEEPEST} 层`);
  let bomb: unknown = { answer: '到底' };
  for (let i = 0; i < 100_000; i += 1) bomb = { ask: '问', slot: '槽', choices: [{ choice: '甲', next: bomb }] };
  expect(refusal(bomb)).toBe(`最多反问 ${TURNS_DEEPEST} 层`);
  const wide = { ask: '问', slot: '槽', choices: Array(100_000).fill({ choice: '甲', next: { answer: '答' } }) };
  expect(refusal(wide)).toBe('最多 200 个分支');
});

it('refuses whatever else comes, and never breaks on it', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(answerTurn.safeParse(value).success).toBe(false);
      expect(
        answerTurn.safeParse({ ask: '问', slot: '槽', choices: [value, { choice: '甲', next: value }] }).success,
      ).toBe(false);
    }),
  );
});

it('tells all that it may answer with the way there', () => {
  expect(answersOf(tree)).toEqual([
    { path: ['一般纳税人'], answer: '按月' },
    { path: ['小规模纳税人', '是'], answer: '按季' },
    { path: ['小规模纳税人', '否'], answer: '按季或按次' },
  ]);
  expect(answersOf({ answer: '直接' })).toEqual([{ path: [], answer: '直接' }]);
});

it('does not ask what is known', () => {
  expect(turnDue(tree, {})).toBe(tree);
  expect(turnDue(tree, { 纳税人类型: '一般' })).toEqual({ answer: '按月' });
  expect(turnDue(tree, { 纳税人类型: '小规模纳税人' })).toMatchObject({ slot: '主体' });
  expect(turnDue(tree, { 纳税人类型: '小规模', 主体: '是' })).toEqual({ answer: '按季' });
  // Neither what no choice says, nor what objects have by nature, answers.
  expect(turnDue(tree, { 纳税人类型: '不知道', 主体: '是' })).toBe(tree);
  const odd: AnswerTurn = { ...tree, slot: 'constructor' };
  expect(turnDue(odd, {})).toBe(odd);
});

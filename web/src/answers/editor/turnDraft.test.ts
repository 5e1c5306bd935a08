import { type AnswerTurn, TURNS_DEEPEST } from '@rexian/contracts';
import { expect, it } from 'vitest';
import {
  askingBack,
  emptyTurn,
  moved,
  slotsOf,
  type TurnDraft,
  turnDraft,
  turnDraftOf,
  turnFaults,
  turnOf,
} from './turnDraft.ts';

const turn: AnswerTurn = {
  ...{ ask: '哪类纳税人？', slot: '纳税人类型' },
  choices: [
    { choice: '一般纳税人', synonyms: ['一般人', '一般'], next: { answer: '甲' } },
    {
      choice: '小规模',
      synonyms: [],
      next: {
        ...{ ask: '按月还是按季？', slot: '申报周期' },
        choices: [
          { choice: '按月', synonyms: [], next: { answer: '乙' } },
          { choice: '按季', synonyms: ['季度'], next: { answer: '丙' } },
        ],
      },
    },
  ],
};

it('gives back the turn that it was made of, also from the copy in the browser', () => {
  const draft = turnDraftOf(turn);
  expect(turnOf(draft)).toEqual(turn);
  expect(turnOf(turnDraft.parse(JSON.parse(JSON.stringify(draft))))).toEqual(turn);
  expect([turnFaults(draft).size, slotsOf(draft)]).toEqual([0, ['纳税人类型', '申报周期']]);
});

it('carries an answer that is written already into the first choice', () => {
  const asking = askingBack({ ...emptyTurn(), answer: '写好的' });
  expect(turnOf(asking)).toEqual({
    ...{ ask: '', slot: '' },
    choices: [
      { choice: '', synonyms: [], next: { answer: '写好的' } },
      { choice: '', synonyms: [], next: { answer: '' } },
    ],
  });
});

it('says what is missing where it is missing', () => {
  const draft = turnDraftOf(turn);
  const [first, second] = draft.choices;
  const faulty = {
    ...draft,
    slot: ' ',
    choices: draft.choices.map((each) => ({ ...each, choice: '同' })),
  };
  expect([...turnFaults(faulty)]).toEqual([
    [draft.key, '请填写槽位'],
    [second?.key, '选项“同”重复'],
  ]);
  expect(turnFaults({ ...draft, choices: first ? [first] : [] }).get(draft.key)).toBe('至少两个选项');
});

it('refuses what asks back too often', () => {
  const deep = (depth: number): TurnDraft => {
    const draft = turnDraftOf(turn);
    return depth === 0
      ? draft
      : { ...draft, choices: draft.choices.map((each) => ({ ...each, next: deep(depth - 1) })) };
  };
  // The last of them asks once more below itself.
  expect(turnFaults(deep(TURNS_DEEPEST - 2)).size).toBe(0);
  expect([...new Set(turnFaults(deep(TURNS_DEEPEST - 1)).values())]).toEqual([`最多反问 ${TURNS_DEEPEST} 层`]);
});

it('moves one by one', () => {
  expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c']);
});

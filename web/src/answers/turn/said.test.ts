import { expect, it } from 'vitest';
import { type Asked, choiceMeant } from './said.ts';

const asked: Asked = {
  ...{ ask: '请问您是哪类纳税人？', slot: '纳税人类型' },
  choices: [
    { choice: '一般纳税人', synonyms: ['一般人'], next: { answer: '一' } },
    { choice: '小规模纳税人', synonyms: ['小规模', '非一般纳税人'], next: { answer: '二' } },
  ],
};

it('takes a choice from a sentence, by its words or synonyms', () => {
  expect(choiceMeant(asked, '我是 小规模 的')).toBe('小规模纳税人');
  expect(choiceMeant(asked, '一般人。')).toBe('一般纳税人');
});

it('prefers the longer word, and takes nothing from what says nothing', () => {
  expect(choiceMeant(asked, '非一般纳税人')).toBe('小规模纳税人');
  expect(choiceMeant(asked, '不清楚')).toBeNull();
  expect(choiceMeant(asked, '')).toBeNull();
});

import type { AnswerContent } from '@rexian/contracts';
import { expect, it } from 'vitest';
import { differenceOf } from './difference.ts';

const content: AnswerContent = {
  ...{ libraryId: 'library', categoryId: 'category', question: '怎么开票', phrasings: ['如何开票', '开票流程'] },
  ...{ turn: { answer: '在电子税务局开具。' }, articleId: null, tags: ['发票'], validFrom: null, validTo: null },
  ...{ sharing: 'all', replacesId: null },
};
const names = { place: () => '发票', article: () => '', answer: () => '怎么开发票' };

it('says nothing of what is the same', () => {
  expect(differenceOf(content, { ...content }, names)).toEqual({ fields: [], sets: [] });
});

it('tells texts by field and lists by what came and went', () => {
  const after: AnswerContent = {
    ...content,
    ...{ question: '怎么开具发票', phrasings: ['如何开票', '开票怎么弄'], replacesId: 'other', articleId: 'hidden' },
  };
  expect(differenceOf(content, after, names)).toEqual({
    fields: [
      { label: '标准问题', before: '怎么开票', after: '怎么开具发票' },
      { label: '关联知识', before: '', after: '（无权查看）' },
      { label: '替代上级问答', before: '', after: '怎么开发票' },
    ],
    sets: [{ label: '问法', added: ['开票怎么弄'], removed: ['开票流程'] }],
  });
});

it('tells an answer that asks back now branch by branch', () => {
  const turn = {
    ...{ ask: '哪类纳税人？', slot: '类型' },
    choices: [
      { choice: '一般', synonyms: [], next: { answer: '在电子税务局开具。' } },
      { choice: '小规模', synonyms: ['小'], next: { answer: '可代开。' } },
    ],
  };
  expect(differenceOf(content, { ...content, turn }, names).fields).toEqual([
    { label: '反问', before: '', after: '哪类纳税人？（类型：一般；小规模、小）' },
    { label: '答案（一般）', before: '', after: '在电子税务局开具。' },
    { label: '答案（小规模）', before: '', after: '可代开。' },
    { label: '答案', before: '在电子税务局开具。', after: '' },
  ]);
});

import { expect, it } from 'vitest';
import { contentOf, draftOf, emptyDraft, faultsOf } from './draft.ts';

const id = 'a31ff6ea-7b2c-4b2e-9ccd-111111111111';

it('tells of an empty one what is missing', () => {
  const draft = emptyDraft(id);
  const { fields, turns } = faultsOf(draft);
  expect(Object.fromEntries(fields)).toEqual({ categoryId: '请选择知识库目录', question: '请输入标准问题' });
  expect([...turns.values()]).toEqual(['请填写答案']);
  expect(contentOf(draft)).toBeNull();
});

it('is sent in as it was read', () => {
  const content = {
    ...{ libraryId: id, categoryId: id, question: '怎么开票', phrasings: ['如何开票'], turn: { answer: '答' } },
    ...{ articleId: null, tags: [], validFrom: '2026-01-01', validTo: null, sharing: 'all' as const, replacesId: null },
  };
  const draft = draftOf(id, content);
  expect(contentOf(draft)).toEqual(content);
  expect([...faultsOf({ ...draft, validTo: '2025-12-31' }).fields]).toEqual([['validTo', '有效期截止早于开始']]);
});

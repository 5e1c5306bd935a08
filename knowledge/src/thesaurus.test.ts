import { expect, it } from 'vitest';
import { changedWords, Thesaurus, termName } from './thesaurus.ts';

const thesaurus = new Thesaurus([
  { term: '增值税专用发票', synonyms: ['专票', '增值税专票'] },
  { term: '发票', synonyms: ['票据'] },
  { term: '数电票', synonyms: ['专票领用'], owner: 'nanning' },
]);

it('reads the longest word, and nothing within it again', () => {
  expect(thesaurus.termsIn('增值税专票丢了', new Set())).toEqual(['增值税专用发票']);
  expect(thesaurus.termsIn('票据和专票', new Set())).toEqual(['发票', '增值税专用发票']);
});

it("reads an owner's words beside everybody's, for those whom they hold for", () => {
  expect(thesaurus.termsIn('专票领用', new Set())).toEqual(['增值税专用发票']);
  expect(thesaurus.termsIn('专票领用', new Set(['nanning']))).toEqual(['数电票@nanning', '增值税专用发票']);
  expect(thesaurus.termsIn('专票领用')).toHaveLength(2);
  expect(termName('数电票@nanning')).toBe('数电票');
  expect(thesaurus.wordsOf('数电票@nanning')).toEqual(['数电票', '专票领用']);
});

it('tells which words mean something else now', () => {
  const before = [{ term: '发票', synonyms: ['票据', '票子'] }];
  expect(changedWords(before, [{ term: '发票', synonyms: ['票据', '小票'] }])).toEqual(new Set(['票子', '小票']));
  expect(changedWords(before, [{ term: '发票', synonyms: ['票据', '票子'], owner: 'x' }])).toEqual(
    new Set(['发票', '票据', '票子']),
  );
  expect(changedWords(before, before).size).toBe(0);
});

import { expect, it } from 'vitest';
import { type Findable, KnowledgeIndex } from './find.ts';
import { best } from './scores.ts';
import { Thesaurus } from './thesaurus.ts';

const thesaurus = new Thesaurus([{ term: '增值税专用发票', synonyms: ['专票'] }]);
const entry = (id: string, ...phrasings: string[]): Findable => ({ id, phrasings, about: [], body: '' });

function filled(): KnowledgeIndex {
  const index = new KnowledgeIndex(thesaurus);
  index.put(entry('elder', '赡养老人专项附加扣除标准', '家里有老人个税能抵多少'));
  index.put(entry('invoice', '增值税专用发票丢了怎么办', '发票遗失'));
  index.put(entry('late', '逾期申报怎么处理', '过了申报期'));
  return index;
}
function search(index: KnowledgeIndex, text: string, limit = 3) {
  const { scores } = index.scores(text);
  const found = [...index.ids].map((id) => ({ id, score: scores.at(index.placeOf(id) as number) }));
  return best(found, limit, ({ score }) => score > 0);
}
const first = (index: KnowledgeIndex, text: string) => search(index, text)[0]?.id;

it('finds by words, parts of words, synonyms, sounds and pinyin', () => {
  const index = filled();
  expect(first(index, '赡养老人')).toBe('elder');
  expect(first(index, '附加扣')).toBe('elder');
  expect(first(index, '专票掉了')).toBe('invoice');
  expect(first(index, '善养老人')).toBe('elder');
  expect(first(index, 'yuqi')).toBe('late');
  expect(search(index, '完全无关')).toEqual([]);
  expect(search(index, '')).toEqual([]);
});

it('finds what stands there now: replaced, removed, and put again', () => {
  const index = filled();
  index.put(entry('late', '车船税什么时候交'));
  expect(search(index, '逾期申报')).toEqual([]);
  expect(first(index, '车船税')).toBe('late');
  index.remove('late');
  index.remove('late');
  expect(search(index, '车船')).toEqual([]);
  index.put(entry('late', '逾期申报怎么处理'));
  expect(first(index, '逾期申报')).toBe('late');
});

it('scores what stands there now and nothing of the question before', () => {
  const index = filled();
  index.scores('赡养老人');
  expect(search(index, '发票申报扣除', 2)).toHaveLength(2);
  index.remove('elder');
  const place = index.put(entry('new', '契税'));
  expect(index.placeOf('new')).toBe(place);
  expect(new Set([...index.ids].map((id) => index.placeOf(id))).size).toBe(3);
  expect(search(index, '赡养老人')).toEqual([]);
  expect(first(index, '契税')).toBe('new');
});

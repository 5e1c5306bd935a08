import { expect, it } from 'vitest';
import { Titles } from './titles.ts';

const titles = new Titles();
titles.put('open', '发票开具操作说明');
titles.put('social', '灵活就业人员社保缴费');
titles.put('form', '企业所得税年度纳税申报表（A101010）怎么填');
const fitting = (typed: string) => titles.fitting(typed, () => true);
const marked = (typed: string) => fitting(typed).map(({ id, text, range }) => [id, text.slice(range.from, range.to)]);

it('fits by beginning, part, sound and first letters', () => {
  expect(marked('发票')).toEqual([['open', '发票']]);
  expect(marked('缴费')).toEqual([['social', '缴费']]);
  expect(marked('shebao')).toEqual([['social', '社保']]);
  expect(marked('sheb')).toEqual([['social', '社保']]);
  expect(marked('fpkj')).toEqual([['open', '发票开具']]);
  expect(marked('ａ１０１')).toEqual([['form', 'A101']]);
  expect(fitting('发票')[0]?.fit).toBeGreaterThan(fitting('开具')[0]?.fit ?? 0);
});

it('begins where a character does, and says nothing of nothing', () => {
  expect(marked('hebao')).toEqual([]);
  expect(fitting('')).toEqual([]);
  expect(fitting('  ')).toEqual([]);
  expect(titles.fitting('发票', () => false)).toEqual([]);
});

it('reads letters as the words that most titles have', () => {
  expect(titles.wordsFor('fpkj', 3)).toEqual(['发票开具']);
  expect(titles.wordsFor('shebao', 3)).toEqual(['社保']);
  // Letters that a title has as they stand are meant as they stand.
  expect(titles.wordsFor('a', 3)).toEqual([]);
});

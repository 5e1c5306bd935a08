import { expect, it } from 'vitest';
import { choicesOf, found, grouped, pathOf } from './choices.ts';
import { matchesPinyin } from './pinyin.ts';

const row = (id: string, parentId: string | null, name: string, more = {}) => ({
  ...{ id, parentId, name, code: null, orderKind: null, urgency: null, active: true },
  ...more,
});
const rows = [
  row('vat', null, '增值税'),
  row('report', 'vat', '纳税申报', { code: '0101' }),
  row('refund', 'vat', '留抵退税'),
  row('income', null, '企业所得税'),
  row('prepay', 'income', '预缴申报'),
  row('old', 'income', '旧类别', { active: false }),
  row('social', null, '社保费'),
  row('ended', 'social', '停办业务', { active: false }),
];
const { choices, paths } = choicesOf(rows);
const ids = (text: string, pinyin: typeof matchesPinyin | null = matchesPinyin) =>
  found(choices, text, pinyin).map(({ value }) => value);

it('offers what is in use and has nothing in use below, and names the rest', () => {
  expect(choices.map(pathOf)).toEqual([
    ...['增值税 / 纳税申报', '增值税 / 留抵退税', '企业所得税 / 预缴申报', '社保费'],
  ]);
  expect(grouped(choices).map(({ label, choices: each }) => [label, each.length])).toEqual([
    ['增值税', 2],
    ['企业所得税', 1],
    ['社保费', 1],
  ]);
  expect(paths.get('old')).toBe('企业所得税 / 旧类别');
});

it.each([
  ['退税', ['refund']],
  ['申报', ['report', 'prepay']],
  ['企业', ['prepay']],
  ['增值税 申报', ['report']],
  ['企业/yj', ['prepay']],
  ['0101', ['report']],
  ['nssb', ['report']],
  ['NSSB', ['report']],
  ['sb', ['report', 'prepay', 'social']],
  ['zzs', ['report', 'refund']],
  ['zzssb', ['report']],
  ['liudi', ['refund']],
  ['nashui', ['report']],
  ['zb', []],
  ['xyz', []],
])('finds %s', (text, expected) => {
  expect(ids(text)).toEqual(expected);
});

it('finds what is written while pinyin is not there yet', () => {
  expect(ids('申报', null)).toEqual(['report', 'prepay']);
  expect(ids('nssb', null)).toEqual([]);
});

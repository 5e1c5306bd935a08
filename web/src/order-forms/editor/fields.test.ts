import { fieldType } from '@rexian/contracts';
import { expect, it } from 'vitest';
import { treeOf } from '../cascade.ts';
import { faultsOf, moved, newField, renameKey, withType } from './fields.ts';

const choice = newField('choice', []);
const asks = { field: choice.key, values: ['选项一'] };

it('adds fields of every type that can be saved as they are', () => {
  const fields = [choice];
  for (const type of fieldType.values) fields.push(newField(type, fields));
  expect(new Set(fields.map(({ key }) => key)).size).toBe(fields.length);
  expect(faultsOf(fields)).toEqual(new Map());
});

it('keeps options when the type changes, also of a field that is half written', () => {
  const half = { ...choice, label: '' };
  const cascade = withType(half, 'cascade');
  expect(cascade).toMatchObject({ label: '', options: [['选项一'], ['选项二']] });
  expect(withType(cascade, 'choices')).toMatchObject({ options: ['选项一', '选项二'] });
  expect(withType(half, 'text')).toEqual(expect.objectContaining({ type: 'text', label: '', maxLength: 100 }));
});

it('takes conditions along with a key', () => {
  const text = { ...newField('text', [choice]), visible: asks, required: asks };
  const [, renamed] = renameKey([choice, text], 0, 'named');
  expect(renamed).toMatchObject({ visible: { field: 'named' }, required: { field: 'named' } });
});

it('says at its place why a field that was moved before what it asks about can’t be saved', () => {
  const text = { ...newField('text', [choice]), visible: asks };
  expect(faultsOf([choice, text])).toEqual(new Map());
  expect(faultsOf(moved([choice, text], 1, 0))).toEqual(new Map([[0, [`条件所依据的字段“${choice.key}”须排在前面`]]]));
  expect(faultsOf([])).toEqual(new Map([[-1, ['请添加字段']]]));
});

it('makes a tree of the ways to its leaves', () => {
  const leaf = (value: string) => ({ value, label: value });
  expect(treeOf([['甲', '一'], ['乙'], ['甲', '二']])).toEqual([
    { ...leaf('甲'), children: [leaf('一'), leaf('二')] },
    leaf('乙'),
  ]);
});

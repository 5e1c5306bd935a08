import type { Field } from '@rexian/flows/node.ts';
import { expect, it } from 'vitest';
import { moved, newRow, rowsOf } from './rows.ts';

const fields: Field[] = [
  { name: 'key', label: '按键', kind: 'key' },
  { name: 'label', label: '名称', kind: 'text' },
];

it('gives a new row the first free key', () => {
  expect(newRow(fields, [])).toEqual({ key: '1', label: '' });
  expect(newRow(fields, [{ key: '1' }, { key: '3' }])).toEqual({ key: '2', label: '' });
  expect(
    newRow(
      fields,
      [...'1234567890*#'].map((key) => ({ key })),
    ),
  ).toEqual({ key: '', label: '' });
});

it('moves a row within its bounds', () => {
  const rows = [{ key: '1' }, { key: '2' }, { key: '3' }];
  expect(moved(rows, 0, 2).map(({ key }) => key)).toEqual(['2', '3', '1']);
  expect(moved(rows, 2, 1).map(({ key }) => key)).toEqual(['1', '3', '2']);
  expect([moved(rows, 0, -1), moved(rows, 2, 3), moved(rows, 5, 0)]).toEqual([rows, rows, rows]);
});

it('reads rows that are none as empty ones', () => {
  expect([rowsOf(undefined), rowsOf('x'), rowsOf([null, { key: '1' }])]).toEqual([[], [], [{}, { key: '1' }]]);
});

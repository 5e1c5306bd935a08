import type { Unit } from '@rexian/contracts';
import { describe, expect, it } from 'vitest';
import { forestOf, found, lineOf, within } from './tree.ts';

function unit(path: string, name: string): Unit {
  const parent = path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : null;
  const can = { change: true, move: true, remove: true, addChild: true };
  const code = path.split('.').at(-1) ?? path;
  return { id: path, parentId: parent, path, code, name, kind: 'bureau', active: true, people: 0, numbers: 0, can };
}

const units = [
  unit('gx', '广西'),
  unit('gx.nanning', '南宁'),
  unit('gx.nanning.qingxiu', '青秀区局'),
  unit('gx.nanning2', '南宁二'),
];

describe('the unit tree', () => {
  it('hangs children under their parents', () => {
    const [top, ...others] = forestOf(units);
    expect(others).toEqual([]);
    expect(top?.children.map(({ unit }) => unit.name)).toEqual(['南宁', '南宁二']);
    expect(top?.children[0]?.children.map(({ unit }) => unit.name)).toEqual(['青秀区局']);
  });
  it('begins where the scope of the viewer begins', () => {
    expect(forestOf(units.slice(1)).map(({ unit }) => unit.name)).toEqual(['南宁', '南宁二']);
  });
  it('does not take a code that merely begins alike for a unit below', () => {
    expect(within(units, unit('gx.nanning', '南宁')).map(({ id }) => id)).toEqual(['gx.nanning', 'gx.nanning.qingxiu']);
  });
  it('tells the line from the top', () => {
    expect(lineOf(units, 'gx.nanning.qingxiu').map(({ name }) => name)).toEqual(['广西', '南宁', '青秀区局']);
    expect(lineOf(units, 'elsewhere')).toEqual([]);
  });
  it('keeps those above what was searched', () => {
    expect(found(units, ' 青秀 ').map(({ name }) => name)).toEqual(['广西', '南宁', '青秀区局']);
    expect(found(units, 'NANNING2').map(({ name }) => name)).toEqual(['广西', '南宁二']);
    expect(found(units, '桂林')).toEqual([]);
    expect(found(units, '')).toHaveLength(4);
  });
});

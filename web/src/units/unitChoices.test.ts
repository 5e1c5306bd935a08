import { expect, it } from 'vitest';
import { unitChoices } from './unitChoices.ts';

const unit = (path: string) => ({ id: path, name: path, path });

it('hangs units under the nearest one above, over gaps as well', () => {
  const tree = unitChoices([unit('gx.nn.qx.hall'), unit('gx.lz'), unit('gx.nn'), unit('bj'), unit('gx2.x')]);
  expect(tree.map(({ title, children }) => [title, children.map((each) => each.title)])).toEqual([
    ['bj', []],
    ['gx.lz', []],
    ['gx.nn', ['gx.nn.qx.hall']],
    ['gx2.x', []],
  ]);
});

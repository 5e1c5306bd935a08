import { expect, it } from 'vitest';
import { inPairs, type Written } from './inPairs.ts';

const lines = (...written: Written[]) => inPairs(written).map((line) => line.map(({ name }) => name).join('+'));
const half = (name: string): Written => ({ name, value: '' });
const wide = (name: string): Written => ({ name, value: '', isWide: true });

it('two halves share a line, a wide one and a half before it stand alone', () => {
  expect(lines(wide('a'), half('b'), half('c'), half('d'), wide('e'), half('f'))).toEqual(['a', 'b+c', 'd', 'e', 'f']);
  expect(lines()).toEqual([]);
});

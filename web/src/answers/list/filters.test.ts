import { expect, it } from 'vitest';
import { readFilter, readTab, writeFilter } from './filters.ts';

it('keeps a filter in the address, and leaves out what makes no sense', () => {
  const libraryId = 'a31ff6ea-7b2c-4b2e-9ccd-111111111111';
  const filter = { libraryId, validity: 'past', search: '留抵', multiTurn: false } as const;
  expect(readFilter(writeFilter(filter))).toEqual(filter);
  expect(readFilter(new URLSearchParams('unit=x&state=gone&q=电子&turns=many'))).toEqual({
    ...{ search: '电子', multiTurn: true },
  });
  expect([readTab(new URLSearchParams('tab=mine')), readTab(new URLSearchParams('tab=toString'))]).toEqual([
    'mine',
    'answers',
  ]);
});

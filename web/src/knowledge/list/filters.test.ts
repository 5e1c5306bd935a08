import { expect, it } from 'vitest';
import { askedOf, type Listed, readListed, writeListed } from './filters.ts';

const categoryId = '019a8f00-0000-7000-8000-000000000001';

it('survives a way through the address', () => {
  const listed: Listed = {
    tab: 'published',
    filter: { categoryId, tag: '退税', validity: 'valid', search: '发票' },
  };
  expect(readListed(writeListed(listed))).toEqual(listed);
  expect(writeListed({ tab: 'all', filter: {} }).toString()).toBe('');
});

it('leaves out what makes no sense', () => {
  expect(readListed(new URLSearchParams('tab=toString&category=x&state=lost&q=发票'))).toEqual({
    tab: 'all',
    filter: { search: '发票' },
  });
});

it('asks for the states of the tab', () => {
  expect(askedOf({ tab: 'inReview', filter: { states: ['draft'] } })).toEqual({
    states: ['in_review', 'revision_in_review'],
  });
  expect(askedOf({ tab: 'toReview', filter: {} })).toEqual({ toReview: true });
});

import { expect, it } from 'vitest';
import { readListed, writeListed } from './filters.ts';

const unit = '01920000-0000-7000-8000-000000000001';

it('comes back from the address as it was', () => {
  const listed = {
    tab: 'all' as const,
    filter: {
      ...{ from: new Date('2026-11-01T00:00:00Z'), states: ['open' as const, 'closed' as const], unitId: unit },
      ...{ kinds: ['complaint' as const], due: 'overdue' as const, node: 'handle', text: '发票' },
    },
  };
  expect(readListed(writeListed(listed))).toEqual(listed);
  expect(writeListed({ tab: 'todo', filter: {} }).toString()).toBe('');
});

it('leaves out what makes no sense', () => {
  const nonsense = 'tab=drafts&from=yesterday&unit=7&kind=moon&due=soon&number=x&q=a';
  expect(readListed(new URLSearchParams(nonsense))).toEqual({ tab: 'todo', filter: {} });
});

import { describe, expect, it } from 'vitest';
import { readFilter, writeFilter } from './filters.ts';

const now = new Date(2026, 4, 10, 12, 30);

describe('audit filter in the address', () => {
  it('starts with seven days', () => {
    expect(readFilter(new URLSearchParams(), now)).toEqual({ from: new Date(2026, 4, 4) });
  });
  it('comes back as it was written', () => {
    const filter = {
      from: new Date(2026, 4, 1, 8, 0),
      to: new Date(2026, 4, 2, 18, 30),
      actions: ['revealed' as const, 'exported' as const],
      subjects: ['contact' as const],
      actor: '韦',
      address: '10.1.2.3',
      subject: '南宁',
    };
    expect(readFilter(writeFilter(filter), now)).toEqual(filter);
    expect(readFilter(writeFilter({}), now)).toEqual({});
  });
  it('leaves out what makes no sense', () => {
    const query = new URLSearchParams(`all=1&action=oops&kind=&from=never&actor=${'x'.repeat(50)}&subject=abc`);
    expect(readFilter(query, now)).toEqual({ subject: 'abc' });
  });
});

import { describe, expect, it } from 'vitest';
import { readWall } from '../platform/beijing.ts';
import { readFilter, writeFilter } from './filters.ts';

const now = readWall('2026-05-10T12:30:00');

describe('audit filter in the address', () => {
  it('starts with seven days', () => {
    expect(readFilter(new URLSearchParams(), now)).toEqual({ from: new Date('2026-05-04T00:00:00+08:00') });
  });
  it('comes back as it was written', () => {
    const filter = {
      from: new Date('2026-05-01T08:00:00+08:00'),
      to: new Date('2026-05-02T18:30:00+08:00'),
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

import { describe, expect, it } from 'vitest';
import { readWall } from '../platform/beijing.ts';
import { readFilter, writeFilter } from './filters.ts';

const now = readWall('2026-05-06T12:30:00');
const uuid = '01970000-0000-7000-8000-000000000001';

describe('contact filter in the address', () => {
  it('starts with today', () => {
    expect(readFilter(new URLSearchParams(), now)).toEqual({ from: new Date('2026-05-06T00:00:00+08:00') });
  });
  it('comes back as it was written', () => {
    const filter = {
      from: new Date('2026-05-01T08:00:00+08:00'),
      to: new Date('2026-05-02T18:30:00+08:00'),
      callerNumber: '5678',
      calledNumber: '077112366',
      agentId: uuid,
      endReasons: ['abandoned_in_queue' as const, 'queue_timeout' as const],
      direction: 'inbound' as const,
      origins: ['province_transfer' as const, 'city_transfer' as const],
      satisfaction: ['dissatisfied' as const, 'unanswered' as const],
    };
    expect(readFilter(writeFilter(filter), now)).toEqual(filter);
    expect(readFilter(writeFilter({}), now)).toEqual({});
  });
  it('leaves out what makes no sense', () => {
    expect(
      readFilter(
        new URLSearchParams('all=1&caller=138&called=x&agent=x&end=oops&mark=6&direction=up&origin=moon&from=never'),
        now,
      ),
    ).toEqual({});
  });
});

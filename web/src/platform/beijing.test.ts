import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY, instantOf, MINUTE, readWall, wallNow, wallOf, wallText } from './beijing.ts';
import { dateTime, fullDateTime } from './format.ts';

const ZONES = ['UTC', 'Asia/Shanghai', 'Pacific/Pago_Pago', 'Pacific/Kiritimati', 'America/New_York'];

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe.each(ZONES)('on a machine whose clock is set to %s', (zone) => {
  beforeEach(() => {
    vi.stubEnv('TZ', zone);
    expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
  });

  it('an instant is shown as in Beijing, and read back', () => {
    for (const at of ['2026-11-23T16:20:00.250Z', '2026-03-08T07:30:00.000Z', '2026-12-31T15:59:59.999Z'])
      expect(instantOf(wallOf(new Date(at))).toISOString()).toBe(at);
    expect(wallOf(new Date('2026-11-23T16:20:00Z')).format(MINUTE)).toBe('2026-11-24 00:20');
    expect(fullDateTime(new Date('2026-12-31T16:00:00Z'))).toBe('2027-01-01 00:00:00');
  });

  it('a day ends and begins at midnight in Beijing', () => {
    const now = new Date('2026-11-23T16:20:00Z');
    expect(instantOf(wallOf(now).startOf('day')).toISOString()).toBe('2026-11-23T16:00:00.000Z');
    expect(instantOf(readWall('2026-11-24').endOf('day')).toISOString()).toBe('2026-11-24T15:59:59.999Z');
    expect(dateTime(new Date('2026-11-23T16:00:00Z'), now)).toBe('00:00:00');
    expect(dateTime(new Date('2026-11-23T15:59:59Z'), now)).toBe('11-23 23:59:59');
    vi.useFakeTimers({ now });
    expect(wallNow().format(DAY)).toBe('2026-11-24');
  });

  it('days stay what they are', () => {
    expect(readWall('2026-03-08').add(1, 'day').format(DAY)).toBe('2026-03-09');
    expect(readWall('x').isValid()).toBe(false);
    expect(readWall('').isValid()).toBe(false);
    expect(wallOf(new Date('x')).isValid()).toBe(false);
  });
});

it('names the year only when it is another', () => {
  const now = new Date('2026-11-22T00:00:00Z');
  expect(wallText(new Date('2026-12-31T15:59:00Z'), now)).toBe('12月31日 星期四 23:59');
  expect(wallText(new Date('2026-12-31T16:00:00Z'), now)).toBe('2027年1月1日 星期五 00:00');
});

import { expect, it } from 'vitest';
import { instantOf, MINUTE, readWall, wallOf } from '../platform/beijing.ts';
import { expiryOf, expiryText, presets } from './expiry.ts';

const now = readWall('2026-01-31T15:30:00');

it('presets end with their last day', () => {
  const ends = presets.map((preset) => expiryOf(preset, now));
  expect(ends.map((end) => end && wallOf(end).format(MINUTE))).toEqual([
    '2026-02-07 23:59',
    '2026-03-02 23:59',
    '2027-01-31 23:59',
    null,
  ]);
});

it('says how long an entry still holds', () => {
  expect(expiryText(null, now)).toBe('长期');
  expect(expiryText(instantOf(readWall('2026-01-31T23:59')), now)).toBe('今天到期');
  expect(expiryText(instantOf(readWall('2026-02-01T00:10')), now)).toBe('2026-02-01（1 天后）');
  expect(expiryText(instantOf(readWall('2027-01-31T23:59')), now)).toBe('2027-01-31');
  expect(expiryText(instantOf(readWall('2026-01-30T23:59')), now)).toBe('2026-01-30 已到期');
});

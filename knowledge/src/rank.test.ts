import { expect, it } from 'vitest';
import { FLOOR, finds, freshness, popularity, ranked } from './rank.ts';

const now = new Date('2026-10-01T00:00:00Z');
const standing = (more: object) => ({ score: 10, changedAt: now, uses: 0, local: false, ...more });

it('prefers what is new, used and local, a little', () => {
  const plain = ranked(standing({}), now);
  expect(ranked(standing({ changedAt: new Date('2022-10-01') }), now)).toBeLessThan(plain);
  expect(ranked(standing({ uses: 50 }), now)).toBeGreaterThan(plain);
  expect(ranked(standing({ local: true }), now)).toBeGreaterThan(plain);
  // All of it together doesn't lift what fits half as well over what fits.
  const lifted = ranked(standing({ score: 5, uses: 1e9, local: true }), now);
  expect(lifted).toBeLessThan(ranked(standing({ changedAt: new Date('1990-01-01') }), now));
  expect(freshness(new Date('2030-01-01'), now)).toBe(1);
  expect(popularity(0)).toBe(1);
});

it('leaves out what shares next to nothing with what was asked', () => {
  expect(finds([10, 9, 3, 2, 1], 20)).toBe(3);
  expect(finds([10, 9], 10 / FLOOR + 1)).toBe(0);
  expect(finds([], 5)).toBe(0);
  expect(finds([0], 0)).toBe(0);
});

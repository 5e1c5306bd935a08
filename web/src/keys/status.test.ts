import type { ApiKey } from '@rexian/contracts';
import { expect, it } from 'vitest';
import { keyStatus, validSecrets } from './status.ts';

const now = Date.UTC(2026, 5, 1);
const DAY = 86_400_000;
function key(days: (number | null)[], revoked = false): Pick<ApiKey, 'secrets' | 'revokedAt'> {
  const secrets = days.map((each, index) => ({
    id: String(index),
    hint: 'abcd',
    createdAt: new Date(0),
    expiresAt: each === null ? null : new Date(now + each * DAY),
    lastUsedAt: null,
    lastUsedAddress: null,
  }));
  return { secrets, revokedAt: revoked ? new Date(now) : null };
}

it.each([
  [[null], '使用中'],
  [[365], '使用中'],
  [[13], '即将过期'],
  [[-1], '已过期'],
  [[], '已过期'],
  // The old secret ends tomorrow, the new one stays.
  [[1, 365], '轮换中'],
  [[-1, 365], '使用中'],
  [[1, 2], '即将过期'],
] as const)('secrets that end in %j days: %s', (days, label) => {
  expect(keyStatus(key([...days]), now).label).toBe(label);
});

it('is over once revoked', () => {
  expect(keyStatus(key([null], true), now).label).toBe('已吊销');
  expect(validSecrets(key([null], true), now)).toEqual([]);
});

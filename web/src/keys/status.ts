import type { ApiKey } from '@rexian/contracts';
import type { Tone } from '../platform/status.ts';

export interface KeyStatus {
  tone: Tone;
  label: string;
}

const SOON_MS = 14 * 86_400_000;
type Secret = ApiKey['secrets'][number];

/** Secrets that open the door now. */
export function validSecrets(key: Pick<ApiKey, 'secrets' | 'revokedAt'>, now: number): Secret[] {
  if (key.revokedAt) return [];
  return key.secrets.filter(({ expiresAt }) => expiresAt === null || expiresAt.getTime() > now);
}

/** What the administrator has to know at a glance: does it work, and for how long still? */
export function keyStatus(key: Pick<ApiKey, 'secrets' | 'revokedAt'>, now: number): KeyStatus {
  if (key.revokedAt) return { tone: 'quiet', label: '已吊销' };
  const valid = validSecrets(key, now);
  if (valid.length === 0) return { tone: 'fault', label: '已过期' };
  const end = Math.max(...valid.map(({ expiresAt }) => expiresAt?.getTime() ?? Number.POSITIVE_INFINITY));
  if (end - now < SOON_MS) return { tone: 'not-ready', label: '即将过期' };
  return valid.length > 1 ? { tone: 'waiting', label: '轮换中' } : { tone: 'ready', label: '使用中' };
}

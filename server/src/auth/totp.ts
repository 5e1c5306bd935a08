/** One-time passwords of authenticator apps (TOTP, RFC 6238) and the recovery codes for when the telephone is gone. */
import { createHash, randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const ISSUER = 'Rexian';
const SECRET_BYTES = 20;
const PERIOD_SECONDS = 30;
const RECOVERY_CODES = 10;
/** Nothing that is mistaken for something else; 16 of these are 79 bits, which nobody tries out even with the hashes at hand. */
const RECOVERY_LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

export const newSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

const totpOf = (secret: string, login: string) =>
  new TOTP({ issuer: ISSUER, label: login, secret: Secret.fromBase32(secret), period: PERIOD_SECONDS, digits: 6 });

/** What apps scan. */
export const totpUri = (secret: string, login: string): string => totpOf(secret, login).toString();

/** The time step that a code belongs to, the one before and the one after counting as now; null: it isn't right. */
export function stepOfCode(secret: string, code: string, now = Date.now()): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totpOf(secret, '').validate({ token: code, window: 1, timestamp: now });
  return delta === null ? null : Math.floor(now / 1000 / PERIOD_SECONDS) + delta;
}

/** `abcd-efgh-jkmn-pqrs` */
export function newRecoveryCodes(): string[] {
  const part = () =>
    Array.from({ length: 4 }, () => RECOVERY_LETTERS.charAt(randomInt(RECOVERY_LETTERS.length))).join('');
  return Array.from({ length: RECOVERY_CODES }, () => `${part()}-${part()}-${part()}-${part()}`);
}

/** However it was typed. */
export const recoveryCodeHash = (code: string): Buffer =>
  createHash('sha256')
    .update(code.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
    .digest();

/** Secrets of partners' keys: 256 random bits, so that a plain hash of them is safe to keep and quick to look up. */
import { createHash, randomBytes } from 'node:crypto';

const PREFIX = 'rxk_';
const FORM = /^Bearer +(rxk_[A-Za-z0-9_-]{43})$/i;

export const secretHash = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** A new secret, told once. `hint`: by which people tell it from others. */
export function newSecret(): { secret: string; hash: Buffer; hint: string } {
  const secret = PREFIX + randomBytes(32).toString('base64url');
  return { secret, hash: secretHash(secret), hint: secret.slice(-4) };
}

/** The secret in an Authorization header; null: none, or not one of ours. */
export const secretIn = (header: string | undefined): string | null => (header && FORM.exec(header)?.[1]) || null;

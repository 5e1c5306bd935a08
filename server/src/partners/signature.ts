/**
 * What platforms sign: HMAC-SHA256 over method, path (below the API's address), time in seconds and the SHA-256 of the body, a line each; the
 * secret itself never travels. Source of the form: RFC 9421's components, reduced to one fixed list.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export const TIME_HEADER = 'x-rexian-timestamp';
export const SIGNATURE_HEADER = 'x-rexian-signature';
/** By how much two clocks may differ. */
export const CLOCK_SECONDS = 300;

export interface Signed {
  method: string;
  path: string;
  /** Seconds since 1970. */
  at: string;
  body: string | Buffer;
}

export const bodyHash = (body: string | Buffer): Buffer => createHash('sha256').update(body).digest();

export const signatureOf = (secret: string, { method, path, at, body }: Signed): string =>
  createHmac('sha256', secret)
    .update([method, path, at, bodyHash(body).toString('hex')].join('\n'))
    .digest('hex');

/** Chinese; null: it is signed with one of the secrets, now. */
export function signatureFault(
  secrets: readonly string[],
  signed: Signed,
  signature: string,
  now: Date,
): string | null {
  if (!/^\d{1,12}$/.test(signed.at)) return '缺少时间戳';
  if (Math.abs(now.getTime() / 1_000 - Number(signed.at)) > CLOCK_SECONDS)
    return `时间戳与本平台时间相差超过 ${CLOCK_SECONDS / 60} 分钟，请校准时钟`;
  const given = Buffer.from(signature);
  // All are looked at, whichever fits.
  const fits = secrets.map((secret) => {
    const right = Buffer.from(signatureOf(secret, signed));
    return right.length === given.length && timingSafeEqual(right, given);
  });
  return fits.includes(true) ? null : '签名不正确';
}

/** What the other side signs with. */
export const newSigningSecret = (): string => `rxs_${randomBytes(32).toString('base64url')}`;

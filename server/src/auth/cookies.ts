/** Our cookies. Over TLS they are Secure and bound to this very host (`__Host-`, RFC 6265bis). */
import type { CookieSerializeOptions } from '@fastify/cookie';
import { SECURE_SESSION_COOKIE, SESSION_COOKIE } from './sessions.ts';

type Cookie = [name: string, value: string, options: CookieSerializeOptions];

const options = (secure: boolean) => ({ path: '/', httpOnly: true, sameSite: 'lax', secure }) as const;
const nameOf = (secure: boolean) => (secure ? SECURE_SESSION_COOKIE : SESSION_COOKIE);

export const sessionCookie = (token: string, expires: Date, secure: boolean): Cookie => [
  nameOf(secure),
  token,
  { ...options(secure), expires },
];

export const clearedCookie = (secure: boolean): Cookie => [
  nameOf(secure),
  '',
  { ...options(secure), expires: new Date(0) },
];

/** The token that a request's cookies carry. Over TLS the unbound name counts for nothing. */
export const sessionToken = (cookies: Record<string, string | undefined>, secure: boolean): string | null =>
  cookies[nameOf(secure)] || null;

/** Ties the way back from single sign-on to the browser that began it. Lax: it comes back from another site. */
const handshakeName = (secure: boolean) => (secure ? '__Host-rexian_sso' : 'rexian_sso');
const HANDSHAKE_SECONDS = 600;

export const handshakeCookie = (handshake: string, secure: boolean): Cookie => [
  handshakeName(secure),
  handshake,
  { ...options(secure), maxAge: HANDSHAKE_SECONDS },
];

export const clearedHandshake = (secure: boolean): Cookie => [
  handshakeName(secure),
  '',
  { ...options(secure), expires: new Date(0) },
];

export const handshakeOf = (cookies: Record<string, string | undefined>, secure: boolean): string | null =>
  cookies[handshakeName(secure)] || null;

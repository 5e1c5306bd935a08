/** How many requests are served in a minute, and to whom. Counted by each process on its own, except for keys (keys/uses.ts). */
import type { RateLimitOptions } from '@fastify/rate-limit';

export const MINUTE_MS = 60_000;

const aMinute = (max: number): RateLimitOptions => ({ max, timeWindow: MINUTE_MS });

export const limits = {
  /** An address at one public route. A whole call centre behind one address opens its consoles at half past eight. */
  aPublicRoute: aMinute(600),
  /** An address at `trial.open`: each opens an account for a phone. */
  trial: aMinute(30),
  /** An address at the public knowledge: a website asks for many of its visitors. */
  publicKnowledge: aMinute(600),
  /** An address at the recordings, which players ask for in pieces. */
  recordings: aMinute(6_000),
  /** An address at the attachments, among them the small pictures that lists show. */
  files: aMinute(3_000),
  /** An address at the API documentation and its parts. */
  documentation: aMinute(300),
  /** Wrong keys from one address that are told so. */
  wrongKeys: aMinute(60),
  /** A signed-in session at all routes together: far more than a page needs, too little to sink the server. */
  session: 1_200,
  /** An address at all other routes with no session: pages whose session has ended go on asking for a while. */
  stranger: 6_000,
} as const;

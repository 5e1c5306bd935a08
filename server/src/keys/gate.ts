/** The door for partners: the request's key, or a refusal. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../platform/api.ts';
import { refusal } from '../platform/errors.ts';
import { limits } from '../platform/limits.ts';
import type { KeyAuthentication } from './authentication.ts';

/** Said alike of keys that are unknown, over, or from elsewhere. */
export const WRONG_KEY = '接口密钥无效';

/**
 * Wrong keys are counted by address and soon only told to wait. Right ones from the same address go on working: nobody guesses 256 bits, and
 * a partner's forgotten client with an old key must not lock out the others behind its gateway.
 */
export function keyGate(app: FastifyInstance, keys: KeyAuthentication) {
  const wrongKeys = app.createRateLimit(limits.wrongKeys);
  return async (request: FastifyRequest, reply: FastifyReply): Promise<Caller> => {
    const check = await keys.check(request.headers.authorization, request.ip);
    if (check === 'refused') {
      const counted = await wrongKeys(request);
      if (!counted.isAllowed && counted.isExceeded) throw tooMany(reply, counted.ttlInSeconds, '密钥错误次数过多');
      reply.header('www-authenticate', 'Bearer');
      throw refusal('UNAUTHORIZED', WRONG_KEY);
    }
    const { caller, ratePerMinute, use } = check;
    reply.header('x-ratelimit-limit', ratePerMinute);
    reply.header('x-ratelimit-remaining', Math.max(0, ratePerMinute - use.requests));
    reply.header('x-ratelimit-reset', use.secondsLeft);
    if (use.requests > ratePerMinute) throw tooMany(reply, use.secondsLeft, '超过此密钥每分钟请求上限');
    return caller;
  };
}

function tooMany(reply: FastifyReply, seconds: number, why: string) {
  reply.header('retry-after', seconds);
  return refusal('TOO_MANY_REQUESTS', `${why}，请 ${seconds} 秒后再试`);
}

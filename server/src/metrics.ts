/** Prometheus metrics for operators, readable from this machine only. */
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, register } from 'prom-client';

const LOCAL = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

export function mountMetrics(app: FastifyInstance): void {
  register.clear();
  collectDefaultMetrics({ prefix: 'rexian_' });
  app.get('/metrics', async (request, reply) => {
    if (!LOCAL.has(request.ip)) return reply.code(404).send({ message: '没有找到' });
    return reply.type(register.contentType).send(await register.metrics());
  });
}

/** One logger. Personal data (numbers, names) only under the key `personal`, which is redacted unless LOG_PERSONAL=1. */
import { type Logger, pino } from 'pino';

export type { Logger };

export function createLogger(options: { level: string; showPersonal?: boolean; name?: string }): Logger {
  return pino({
    name: options.name ?? 'rexian',
    level: options.level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { error: (value: unknown) => (value instanceof Error ? pino.stdSerializers.err(value) : value) },
    ...(options.showPersonal
      ? {}
      : { redact: ['personal', '*.personal', 'req.headers.cookie', 'req.headers.authorization'] }),
  });
}

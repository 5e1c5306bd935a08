import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Calls in all. */
  calls: number;
  /** New calls per second. */
  rate: number;
  /** Calls at the same time. */
  parallel: number;
  /** First of a block of 1000 ports. */
  port: number;
  /** Keep traces and configuration after the bench. */
  keep: boolean;
}

export class UsageError extends Error {}

export const USAGE = `usage: ./rexian bench NAME [--calls N] [--rate R] [--parallel P] [--port FIRST] [--keep]
  answer   calls through trunk, flow and queue to SIP agents: set-up, ringing, records, recordings, CPU
           (600 calls at 10/s, 60 in parallel)
  survive  talking calls while the control process is killed and restarted (20 calls)`;

export function parseOptions(args: string[], defaults: { calls: number }): BenchOptions {
  const text = { type: 'string' } as const;
  let values: { calls?: string; rate?: string; parallel?: string; port?: string; keep?: boolean };
  try {
    const options = { calls: text, rate: text, parallel: text, port: text, keep: { type: 'boolean' } } as const;
    ({ values } = parseArgs({ args, options }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  return {
    calls: whole('calls', values.calls, defaults.calls, 1, 20_000),
    rate: whole('rate', values.rate, 10, 1, 100),
    parallel: whole('parallel', values.parallel, 60, 1, 300),
    port: whole('port', values.port, 25_000, 1_024, 64_000),
    keep: values.keep ?? false,
  };
}

function whole(name: string, value: string | undefined, otherwise: number, low: number, high: number): number {
  const parsed = value === undefined ? otherwise : Number(value);
  if (Number.isInteger(parsed) && parsed >= low && parsed <= high) return parsed;
  throw new UsageError(`--${name} must be a whole number from ${low} to ${high}`);
}

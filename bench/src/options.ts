import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Calls in all (callers at once in `flow`); requests of each kind in `scope` and `flow-stats`. */
  calls: number;
  /** New calls per second. */
  rate: number;
  /** Calls at the same time. */
  parallel: number;
  /** First of a block of 1000 ports. */
  port: number;
  /** How long the fuzz goes on. */
  seconds: number;
  /** How long the chaos goes on. */
  minutes: number;
  /** Of fuzz, chaos, flow and sla: the same seed does the same. */
  seed: number;
  /** Rows that `scope` searches and `flow-stats` counts: how many contacts. */
  contacts: number;
  /** Work orders that `tickets` searches. */
  orders: number;
  /** Keep traces and configuration after the bench. */
  keep: boolean;
  /** Of knowledge: tell the half of the questions that nothing is tuned on. */
  final: boolean;
}

export class UsageError extends Error {}

export const USAGE = `usage: ./rexian bench NAME [--calls N] [--rate R] [--parallel P] [--port FIRST] [--seconds N] [--minutes N] [--seed N] [--contacts N] [--orders N] [--keep] [--final]
  answer   calls through trunk, flow and queue to SIP agents: set-up, ringing, records, recordings, CPU
           (600 calls at 10/s, 60 in parallel)
  acd      200 agents, 20 calls a second, signalling alone: ringing, double assignments, idle agents beside waiting callers; the
           matcher alone (1,200 calls)
  flow     callers who press their way through three menus at once: key to next prompt, wrong turns, lost keys, CPU; checking a flow of
           300 nodes (100 callers)
  flow-stats  statistics of a flow over a month of calls, against counting every event; the way of one call; what a step costs more
           (270,000 contacts: two million events; 50 requests each)
  flow-editor  how long the editor takes to answer presses of keys and mouse in a browser, with a flow of 300 nodes
  survive  talking calls while the control process is killed and restarted (20 calls)
  chaos    calls all the time while leader, standby, PostgreSQL, Asterisk and API are killed at random (10 min at 1/s;
           --minutes N, --seed N, --rate R)
  sign-in  the answer bench without and with 20 sign-ins a second (300 calls at 10/s)
  scope    contacts of 15 centres: latest, by number and count for a province, a city, a district and an agent
           (2,000,000 contacts, 200 requests each; --keep uses the data of the run before and keeps it)
  tickets  work orders of 15 centres: listed, counted, found by number, caller and any part of their text, for a province, cities and a
           district, against looking at every order; saved and taken through a whole workflow; and how many mixed requests a
           second the HTTP API carries (2,000,000 orders, 200 requests each; --seed N; --keep uses the data of the run before
           and keeps it)
  sla      deadlines and warnings of a simulated year, with holidays, days worked in exchange, night shifts and centres' own days,
           against walking every minute of it (58,000; --seed N)
  knowledge  through the HTTP API: whether the demo knowledge is found by 60 questions as callers ask them; how quickly among 20,000
           articles with 100,000 phrasings more, after how long what is published is found, and whether anybody finds what they may
           not read (200 requests of each kind; --seed N; --final tells the other 60 questions, which nothing is tuned on)
  match    the matcher alone: 2,000 agents beside 5,000 waiting callers
  fuzz     random and boundary input for every route of the contract (60 s; --seconds N, --seed N)`;

export function parseOptions(
  args: string[],
  defaults: { calls: number; rate?: number; contacts?: number },
): BenchOptions {
  const text = { type: 'string' } as const;
  let values: Partial<
    Record<'calls' | 'rate' | 'parallel' | 'port' | 'seconds' | 'minutes' | 'seed' | 'contacts' | 'orders', string>
  > & {
    keep?: boolean;
    final?: boolean;
  };
  try {
    const numbers = {
      minutes: text,
      calls: text,
      rate: text,
      parallel: text,
      port: text,
      seconds: text,
      seed: text,
      contacts: text,
      orders: text,
    };
    ({ values } = parseArgs({ args, options: { ...numbers, keep: { type: 'boolean' }, final: { type: 'boolean' } } }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  return {
    calls: whole('calls', values.calls, defaults.calls, 1, 20_000),
    rate: whole('rate', values.rate, defaults.rate ?? 10, 1, 100),
    parallel: whole('parallel', values.parallel, 60, 1, 300),
    port: whole('port', values.port, 25_000, 1_024, 64_000),
    seconds: whole('seconds', values.seconds, 60, 1, 86_400),
    minutes: whole('minutes', values.minutes, 10, 1, 1_440),
    seed: whole('seed', values.seed, Date.now() % 1_000_000, 0, 2_000_000_000),
    contacts: whole('contacts', values.contacts, defaults.contacts ?? 2_000_000, 1_000, 20_000_000),
    orders: whole('orders', values.orders, 2_000_000, 10_000, 20_000_000),
    keep: values.keep ?? false,
    final: values.final ?? false,
  };
}

function whole(name: string, value: string | undefined, otherwise: number, low: number, high: number): number {
  const parsed = value === undefined ? otherwise : Number(value);
  if (Number.isInteger(parsed) && parsed >= low && parsed <= high) return parsed;
  throw new UsageError(`--${name} must be a whole number from ${low} to ${high}`);
}

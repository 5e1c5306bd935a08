/** `bench tickets` through the HTTP API: how many requests a second a server beside its database carries, found by stepping the rate. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import type { Db } from '@rexian/server/platform/db.ts';
import type { ServingUrls } from '@rexian/server/platform/prepare.ts';
import { endControl } from '@rexian/server/testing/stack.ts';
import { sql } from 'kysely';
import { sessionCookie, startApi } from './api-stack.ts';
import { measureCpu } from './cpu.ts';
import { percentile, rounded, spread, type Target } from './figures.ts';
import type { LoadCounts, LoadPlan, LoadStage } from './tickets-load.ts';
import { wordsOf } from './tickets-questions.ts';
import { provincePeople, ticketTeams } from './tickets-way.ts';

const LOAD = resolve(import.meta.dirname, 'tickets-load.ts');
const RATES = [20, 30, 45, 60, 80, 100, 130, 170, 220, 300, 400, 550, 750, 1_000];
const WANTED_RATE = 1_000;
const P95_MS = 200;
const WARM: LoadStage = { rate: 20, seconds: 10 };
const SECONDS = 20;
const STAGE_DEADLINE_MS = (SECONDS + 60) * 1_000;

interface Served {
  owner: Db;
  serving: ServingUrls;
  folder: string;
  /** Of the API. */
  port: number;
  seed: number;
}

export async function carried({ owner, serving, folder, port, seed }: Served, say: (text: string) => void) {
  const keyFile = join(folder, 'data-keys.json');
  const env = { DATABASE_WEB_URL: serving.web, DATABASE_ENGINE_URL: serving.engine };
  const api = await startApi({ folder, port, keyFile, env });
  const load = fork(LOAD, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  try {
    await told(load, { plan: await planOf(owner, api.url, seed) });
    await told(load, { stage: WARM });
    return await stepped(load, api.pid, say);
  } finally {
    await endControl(load, 'SIGTERM');
    await api.close();
  }
}

/** Faster and faster until answers come too late, or one is wrong. */
async function stepped(load: ChildProcess, pid: number, say: (text: string) => void) {
  let best: { rate: number; ms: number[] } | null = null;
  let errors = 0;
  for (const rate of RATES) {
    const cpu = measureCpu(pid);
    const counts = await told<LoadCounts>(load, { stage: { rate, seconds: SECONDS } });
    const ms = Object.values(counts.ms).flat();
    const late = counts.givenUp ? ', given up' : '';
    say(
      `${rate}/s: ${spread(ms)}, ${counts.errors} errors${late}; CPU: server ${Math.round(cpu().own)} %, load ${counts.cpu} %`,
    );
    for (const [name, each] of Object.entries(counts.ms)) say(`  ${name.padEnd(8)} ${each.length} ${spread(each)}`);
    for (const [what, why] of Object.entries(counts.said)) say(`  ${what}: ${why}`);
    errors += counts.errors;
    const p95 = percentile(ms, 95);
    if (counts.errors > 0 || counts.givenUp || p95 === null || p95 > P95_MS) break;
    best = { rate, ms };
  }
  const targets: Target[] = [
    { name: 'http errors', value: errors, wanted: { exactly: 0 } },
    { name: 'http requests a second', value: best?.rate ?? null, wanted: { atLeast: WANTED_RATE } },
    { name: 'http p95 ms at that rate', value: rounded(percentile(best?.ms ?? [], 95)), wanted: { atMost: P95_MS } },
  ];
  return { targets, figures: { httpP50Ms: rounded(percentile(best?.ms ?? [], 50)) } };
}

/** Sends a message and waits for its answer. */
async function told<T>(load: ChildProcess, message: { plan: LoadPlan } | { stage: LoadStage }): Promise<T> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(STAGE_DEADLINE_MS)]);
  const gone = once(load, 'exit', { signal }).then(([code]): never => {
    throw new Error(`the load ended with ${code}`);
  });
  load.send(message);
  try {
    const [answer] = (await Promise.race([once(load, 'message', { signal }), gone])) as [
      { done: T } | { failed: string },
    ];
    if ('failed' in answer) throw new Error(answer.failed);
    return answer.done;
  } finally {
    over.abort();
  }
}

async function planOf(owner: Db, url: string, seed: number): Promise<LoadPlan> {
  const teams = await ticketTeams(owner);
  const people = [...teams.flatMap((team) => Object.values(team)), ...(await provincePeople(owner))];
  const cookies: Record<string, string> = {};
  for (const { personId } of people) cookies[personId] ??= await sessionCookie(owner, personId);
  const { rows } = await sql<{ number: string }>`select number from work_orders tablesample system (1)
    repeatable (${sql.lit(seed)}) limit 2000`.execute(owner);
  const categories = await owner.selectFrom('categories').select('id').orderBy('name').execute();
  return {
    ...{ url, seed, cookies, teams, categories: categories.map(({ id }) => id) },
    numbers: rows.map(({ number }) => number),
    words: (await wordsOf(owner, seed)).map(({ words }) => words),
  };
}

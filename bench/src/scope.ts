/**
 * `bench scope`: how quickly users of different reach find their contacts among millions, through the server's own routes; and whether
 * anybody is shown or counted a row that is not theirs, or misses one that is.
 */
import type { Api } from '@rexian/server/testing/api-client.ts';
import { sql } from 'kysely';
import type { BenchResult } from './answer.ts';
import { type ApiStack, startApiStack } from './api-stack.ts';
import { percentile, rounded } from './figures.ts';
import type { BenchOptions } from './options.ts';
import { fill } from './scope-data.ts';
import { ask, KINDS, type Kind, questions, truth } from './scope-questions.ts';
import { type ScopeUser, scopeUsers } from './scope-users.ts';

const PARALLEL = [1, 4];
const FOREIGN = 20;
const TARGET_MS = 50;

interface Cell {
  user: string;
  kind: Kind;
  parallel: number;
  ms: number[];
}

export async function scope(options: BenchOptions, say: (text: string) => void): Promise<BenchResult> {
  const { port, contacts, calls, keep } = options;
  say(
    `${contacts} contacts and 200,000 customers over 15 centres and 150 units (work orders come with a later version)`,
  );
  const stack = await startApiStack({
    name: 'scope',
    port,
    keep,
    settings: { fsync: 'off', synchronous_commit: 'off', max_wal_size: '4GB' },
    seed: (url, vault) => fill(url, vault, contacts, say),
  });
  try {
    const users = await scopeUsers(stack.owner.db);
    const cells: Cell[] = [];
    for (const user of users) {
      for (const kind of KINDS)
        for (const parallel of PARALLEL) cells.push(await measure(stack, user, kind, parallel, calls));
      for (const { kind, parallel, ms } of cells.slice(-KINDS.length * PARALLEL.length))
        say(
          `${user.name.padEnd(12)} ${kind.padEnd(6)} ×${parallel}  p50 ${at(ms, 50)}  p95 ${at(ms, 95)}  max ${at(ms, 100)} ms`,
        );
    }
    say('comparing with what the owner finds');
    const wrong = { leaks: 0, missing: 0 };
    for (const user of users) await compare(stack, user, wrong, say);
    return result(cells, wrong);
  } finally {
    await stack.close();
  }
}

const at = (ms: readonly number[], p: number) => String(rounded(percentile(ms, p)));

/** Warm: each question has been asked once before. A session of its own, as each has a limit of requests a minute. */
async function measure(
  stack: ApiStack,
  user: ScopeUser,
  kind: Kind,
  parallel: number,
  requests: number,
): Promise<Cell> {
  const api = await stack.as(user.personId);
  const asked = questions(kind);
  for (const question of asked) await ask(api, question);
  const ms: number[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < requests; index = next++) {
      const question = asked[index % asked.length];
      if (!question) return;
      const begin = performance.now();
      await ask(api, question);
      ms.push(performance.now() - begin);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return { user: user.name, kind, parallel, ms };
}

interface Wrong {
  /** Rows, and contacts in counts, that are not the user's. */
  leaks: number;
  missing: number;
}

async function compare(stack: ApiStack, user: ScopeUser, wrong: Wrong, say: (text: string) => void): Promise<void> {
  const api = await stack.as(user.personId);
  for (const kind of KINDS) {
    for (const question of questions(kind)) {
      const [told, right] = [await ask(api, question), await truth(stack.owner.db, stack.vault, user, question)];
      const { leaks, missing } = kind === 'count' ? countsApart(told, right) : rowsApart(told, right);
      wrong.leaks += leaks;
      wrong.missing += missing;
      if (leaks + missing > 0)
        say(`${user.name}, ${kind} ${JSON.stringify(question.filter)}: ${leaks} leaked, ${missing} missing`);
    }
  }
  wrong.leaks += await foreignOpened(stack, user, api);
}

function rowsApart(told: readonly string[], right: readonly string[]) {
  const leaks = told.filter((id) => !right.includes(id)).length;
  return { leaks, missing: right.filter((id) => !told.includes(id)).length };
}

function countsApart([told = '']: readonly string[], [right = '']: readonly string[]) {
  const difference = told === right ? 0 : Number.parseInt(told, 10) - Number.parseInt(right, 10) || 1;
  return { leaks: Math.max(0, difference), missing: Math.max(0, -difference) };
}

/** Contacts of others, opened by their id; each must be as if it weren't there. */
async function foreignOpened(stack: ApiStack, user: ScopeUser, api: Api): Promise<number> {
  const { rows } = await sql<{
    id: string;
  }>`select c.id from contacts c tablesample system (0.5) where not (${user.mine})
    limit ${FOREIGN}`.execute(stack.owner.db);
  let opened = 0;
  for (const { id } of rows) {
    const refusal = await api.contacts.get({ id }).then(
      () => 'opened',
      (error: { code?: string }) => error.code,
    );
    if (refusal !== 'NOT_FOUND') opened += 1;
  }
  return opened;
}

function result(cells: readonly Cell[], { leaks, missing }: Wrong): BenchResult {
  const worst = (fits: (cell: Cell) => boolean) =>
    rounded(Math.max(...cells.filter(fits).map(({ ms }) => percentile(ms, 95) ?? Number.NaN)));
  // The figures are of those who look at centres, one question at a time; agents and four at once on two cores stand beside them.
  const named = (cell: Cell) => cell.parallel === 1 && cell.user !== 'agent';
  const byKind = KINDS.map((kind) => [`${kind}P95Ms`, worst((cell) => named(cell) && cell.kind === kind)] as const);
  const atMost = { atMost: TARGET_MS };
  return {
    figures: {
      p95Ms: worst(named),
      ...Object.fromEntries(byKind),
      agentP95Ms: worst((cell) => cell.parallel === 1 && cell.user === 'agent'),
      fourAtOnceP95Ms: worst((cell) => cell.parallel === 4),
      leaks,
      missing,
    },
    targets: [
      ...byKind.map(([name, value]) => ({ name, value, wanted: atMost })),
      { name: 'leaks', value: leaks, wanted: { exactly: 0 } },
      { name: 'missing', value: missing, wanted: { exactly: 0 } },
    ],
  };
}

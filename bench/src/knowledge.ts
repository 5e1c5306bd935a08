/**
 * `bench knowledge`: through the HTTP API, whether the demo knowledge is found by what callers really say; how quickly among 20,000 articles
 * with 100,000 phrasings more; and whether what is found may be read. The questions were written before anything was tuned, without a look at
 * the phrasings; half of them served tuning, the other half is told only when it is asked for.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultHome } from '@rexian/engines';
import { type DbHandle, openDb } from '@rexian/server/platform/db.ts';
import { servingUrls } from '@rexian/server/platform/prepare.ts';
import { seedDemo } from '@rexian/server/seed/demo.ts';
import { demoKnowledge } from '@rexian/server/seed/knowledge/content.ts';
import { type Api, apiClient } from '@rexian/server/testing/api-client.ts';
import { createRandom } from '@rexian/simulate';
import { parse } from 'yaml';
import type { BenchResult } from './answer.ts';
import { sessionCookie, startApi, startApiStack } from './api-stack.ts';
import { percentile, rounded, spread } from './figures.ts';
import { ARTICLES, fillKnowledge, PHRASINGS } from './knowledge-data.ts';
import { leaksOf, publishingTimes, searchTimes, suggestionTimes, typedTexts } from './knowledge-load.ts';
import type { BenchOptions } from './options.ts';

const NAME = 'knowledge';
const BUILD_DEADLINE_MS = 600_000;
const PUBLISHED = 20;
const LEAK_TEXTS = 40;
/** Of the province, and of a city. */
const AGENTS = { province: '1001', city: '2001' };

export interface KnowledgeQuestion {
  ask: string;
  /** Ids of the pairs that are right, the best first. */
  expect: string[];
  half: 'tuning' | 'final';
  kind: 'colloquial' | 'keywords' | 'typo' | 'pinyin' | 'story';
}

export function readQuestions(): KnowledgeQuestion[] {
  return parse(readFileSync(join(import.meta.dirname, 'knowledge/questions.yaml'), 'utf8')) as KnowledgeQuestion[];
}

type Say = (text: string) => void;
interface Quality {
  half: KnowledgeQuestion['half'];
  first: number;
  three: number;
}

export async function knowledge({ seed, port, calls, final }: BenchOptions, say: Say): Promise<BenchResult> {
  const random = createRandom(seed);
  const halves = final ? (['tuning', 'final'] as const) : (['tuning'] as const);
  let quality: Quality[] = [];
  const stack = await startApiStack({
    ...{ name: NAME, port, keep: false, env: { LOG_LEVEL: 'info' } },
    seed: async (ownerUrl, vault) => {
      await seedDemo(ownerUrl, vault);
      const owner = openDb(ownerUrl, { max: 2, statementTimeoutMs: 600_000 });
      try {
        quality = await ofDemo(owner, ownerUrl, port + 2, halves, say);
        say(`writing ${ARTICLES} articles and ${ARTICLES * PHRASINGS} phrasings`);
        await fillKnowledge(owner.db, random);
      } finally {
        await owner.close();
      }
    },
  });
  try {
    const { db } = stack.owner;
    const agent = await stack.as(await idOf(stack.owner, AGENTS.province));
    await untilReady(agent);
    const build = builtIn(join(folder(), 'control.log'));
    say(`index of ${build.entries} entries in ${rounded(build.ms / 1_000)} s, ${build.megabytes} MB in the process`);
    const asks = readQuestions().flatMap(({ ask, half }) => (half === 'tuning' ? [ask] : []));
    const texts = typedTexts(random, asks, calls);
    const search = await searchTimes(agent, texts);
    say(`search: ${spread(search)}`);
    const suggest = await suggestionTimes(agent, texts);
    say(`suggestions: ${spread(suggest)}`);
    const published = await publishingTimes(agent, db, PUBLISHED);
    say(`published to found: ${spread(published)}`);
    const city = await stack.as(await idOf(stack.owner, AGENTS.city));
    const few = texts.slice(0, LEAK_TEXTS);
    const permissionLeaks =
      (await leaksOf(agent, db, await pathOf(stack.owner, AGENTS.province), few)) +
      (await leaksOf(city, db, await pathOf(stack.owner, AGENTS.city), few));
    const p95 = (ms: number[]) => rounded(percentile(ms, 95));
    const figures = { searchP95Ms: p95(search), suggestP95Ms: p95(suggest), publishedP95Ms: p95(published) };
    return {
      figures: {
        ...Object.fromEntries(
          quality.flatMap(({ half, first, three }) => [
            [`${half}Recall1`, first],
            [`${half}Recall3`, three],
          ]),
        ),
        ...{ ...figures, permissionLeaks, buildSeconds: rounded(build.ms / 1_000), megabytes: build.megabytes },
      },
      targets: [
        ...quality.flatMap(({ half, first, three }) => [
          { name: `recall@1, ${half} half`, value: first, wanted: { atLeast: 0.75 } },
          { name: `recall@3, ${half} half`, value: three, wanted: { atLeast: 0.92 } },
        ]),
        { name: 'search p95 ms', value: figures.searchP95Ms, wanted: { atMost: 100 } },
        { name: 'suggestion p95 ms', value: figures.suggestP95Ms, wanted: { atMost: 30 } },
        { name: 'published to found p95 ms', value: figures.publishedP95Ms, wanted: { atMost: 1_000 } },
        { name: 'permission leaks', value: permissionLeaks, wanted: { exactly: 0 } },
      ],
    };
  } finally {
    await stack.close();
  }
}

const folder = () => join(defaultHome(), 'bench', NAME);

/** A process of its own for the demo alone: among what is made up, right answers would be many. */
async function ofDemo(
  owner: DbHandle,
  ownerUrl: string,
  port: number,
  halves: readonly KnowledgeQuestion['half'][],
  say: Say,
): Promise<Quality[]> {
  const { web, engine } = servingUrls(ownerUrl);
  const env = { DATABASE_WEB_URL: web, DATABASE_ENGINE_URL: engine };
  const control = await startApi({ folder: folder(), port, keyFile: join(folder(), 'data-keys.json'), env });
  try {
    const cookie = await sessionCookie(owner.db, await idOf(owner, AGENTS.province));
    const { api } = apiClient(control.url, { cookie });
    await untilReady(api);
    const found: Quality[] = [];
    for (const half of halves) {
      const { first, three } = await recall(
        api,
        readQuestions().filter((question) => question.half === half),
      );
      say(`${half}: recall@1 ${first}, recall@3 ${three}`);
      found.push({ half, first, three });
    }
    return found;
  } finally {
    await control.close();
  }
}

async function recall(api: Api, questions: readonly KnowledgeQuestion[]): Promise<Omit<Quality, 'half'>> {
  const idOfQuestion = new Map(demoKnowledge().pairs.map(({ id, question }) => [question, id]));
  const places: number[] = [];
  for (const { ask, expect } of questions) {
    const { hits } = await api.knowledgeSearch.search({ text: ask, kind: 'answer', limit: 3 });
    const ids = hits.map(({ title }) => idOfQuestion.get(title.map(({ text }) => text).join('')) ?? '');
    places.push(ids.findIndex((id) => expect.includes(id)));
  }
  const share = (count: number) => Math.round((count / questions.length) * 1_000) / 1_000;
  return {
    first: share(places.filter((place) => place === 0).length),
    three: share(places.filter((place) => place >= 0).length),
  };
}

/** Until there is an index, searches are told to come again. */
async function untilReady(api: Api): Promise<void> {
  const deadline = performance.now() + BUILD_DEADLINE_MS;
  for (;;) {
    const code = await api.knowledgeSearch.search({ text: '发票' }).then(
      () => null,
      (error: { code?: string }) => error.code ?? String(error),
    );
    if (code === null) return;
    if (code !== 'BUSY' || performance.now() > deadline) throw new Error(`search is not ready: ${code}`);
    await sleep(200);
  }
}

/** What the process says of its index when it's ready. */
function builtIn(log: string): { entries: number; ms: number; megabytes: number } {
  const line = readFileSync(log, 'utf8')
    .split('\n')
    .findLast((each) => each.includes('knowledge index is ready'));
  if (!line) throw new Error('the log says nothing of an index');
  const { entries, ms, megabytes } = JSON.parse(line) as { entries: number; ms: number; megabytes: number };
  return { entries, ms, megabytes };
}

async function idOf({ db }: DbHandle, login: string): Promise<string> {
  return (await db.selectFrom('people').select('id').where('login', '=', login).executeTakeFirstOrThrow()).id;
}

async function pathOf({ db }: DbHandle, login: string): Promise<string> {
  const found = await db
    .selectFrom('people as p')
    .innerJoin('units as u', 'u.id', 'p.unit_id')
    .select('u.path')
    .where('p.login', '=', login)
    .executeTakeFirstOrThrow();
  return found.path;
}

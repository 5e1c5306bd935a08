/** What the API is asked, and how long it takes: searches, suggestions, what is published meanwhile; and whether it gives too much. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '@rexian/server/platform/db.ts';
import { newId } from '@rexian/server/platform/ids.ts';
import { demoKnowledge } from '@rexian/server/seed/knowledge/content.ts';
import type { Api } from '@rexian/server/testing/api-client.ts';
import type { Random } from '@rexian/simulate';
import { sql } from 'kysely';

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

/** What people type: whole questions, parts of them, words. */
export function typedTexts(random: Random, asks: readonly string[], count: number): string[] {
  const { pairs, terms } = demoKnowledge();
  const phrasings = pairs.flatMap(({ question, similar }) => [question, ...similar]);
  const kinds = [
    () => random.pick(asks),
    () => random.pick(phrasings),
    () => random.pick(phrasings).slice(0, 6),
    () => random.pick(random.pick(terms).synonyms),
  ];
  return Array.from({ length: count }, (_, i) => (kinds[i % kinds.length] as () => string)());
}

export async function searchTimes(api: Api, texts: readonly string[]): Promise<number[]> {
  const ms: number[] = [];
  for (const text of texts) ms.push(await timed(() => api.knowledgeSearch.search({ text })));
  return ms;
}

/** As each character is typed. */
export async function suggestionTimes(api: Api, texts: readonly string[]): Promise<number[]> {
  const typed = [
    ...texts.flatMap((text) => [text.slice(0, 2), text.slice(0, 4)]),
    'fpkj',
    'shebao',
    'grsds',
    'zengzhi',
  ];
  const ms: number[] = [];
  for (const text of typed) ms.push(await timed(() => api.knowledgeSearch.suggest({ text })));
  return ms;
}

/** From the commit that publishes to the first search that finds it, some times over; milliseconds. */
export async function publishingTimes(api: Api, db: Db, times: number): Promise<number[]> {
  const ms: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const id = newId();
    const mark = `${String(time).padStart(3, '0')}Q${id.slice(-6)}`;
    await sql`insert into knowledge_articles select made.* from (
        select * from knowledge_articles where sharing = 'all' and state = 'published' limit 1) a,
      jsonb_populate_record(null::knowledge_articles, to_jsonb(a) || ${JSON.stringify({ id, title: `夔龙纹 ${mark}` })}::jsonb) made`.execute(
      db,
    );
    ms.push(
      await timed(async () => {
        while (!(await api.knowledgeSearch.search({ text: `夔龙纹 ${mark}` })).hits.some((hit) => hit.id === id))
          await sleep(5);
      }),
    );
  }
  return ms;
}

/** What was found that is neither shared nor of the viewer's unit or one above it. */
export async function leaksOf(api: Api, db: Db, path: string, texts: readonly string[]): Promise<number> {
  let leaks = 0;
  for (const text of texts) {
    const { hits } = await api.knowledgeSearch.search({ text, limit: 50 });
    const suggested = await api.knowledgeSearch.suggest({ text: text.slice(0, 4), limit: 20 });
    const ids = [...hits, ...suggested].map(({ id }) => id);
    const { rows } = await sql<{ id: string }>`select a.id from (
        select id, unit_id, sharing, state in ('published', 'revising', 'revision_in_review') as used from knowledge_articles
        union all select id, unit_id, sharing, state = 'enabled' from answers) a
      join units u on u.id = a.unit_id
      where a.id = any(${ids}::uuid[]) and a.used and (a.sharing <> 'subtree' or u.path @> ${path}::ltree)`.execute(db);
    const readable = new Set(rows.map(({ id }) => id));
    leaks += ids.filter((id) => !readable.has(id)).length;
  }
  return leaks;
}

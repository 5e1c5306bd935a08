/** 20,000 articles and as many answers with 100,000 phrasings in all, made of the demo knowledge's sentences: its vocabulary, about its lengths. */

import type { Db } from '@rexian/server/platform/db.ts';
import { newId } from '@rexian/server/platform/ids.ts';
import { type DemoKnowledge, demoKnowledge } from '@rexian/server/seed/knowledge/content.ts';
import type { Random } from '@rexian/simulate';
import { sql } from 'kysely';
import { bulkLoad } from './bulk-load.ts';

export const ARTICLES = 20_000;
export const PHRASINGS = 5;
const BATCH = 500;
const SENTENCES = 15;

interface Place {
  libraryId: string;
  categoryId: string;
}

/** Half of it is the province's, the rest is spread over its cities, for their own callers. */
export async function fillKnowledge(db: Db, random: Random): Promise<void> {
  const content = demoKnowledge();
  const { rows: places } =
    await sql<Place>`select library_id as "libraryId", id as "categoryId" from knowledge_categories`.execute(db);
  const { rows: units } = await sql<{ id: string; path: string }>`select id, path::text as path from units
    where kind = 'centre' order by path`.execute(db);
  const [province, ...cities] = units;
  if (!province) throw new Error('the demo has no province');
  const write = textsOf(content, random);
  await bulkLoad(db, ['knowledge_articles', 'answers'], async () => {
    for (let done = 0; done < ARTICLES; done += BATCH) {
      const rows = Array.from({ length: BATCH }, () => {
        const unit = random.chance(0.5) ? province : random.pick(cities);
        return { ...write(), ...random.pick(places), id: newId(), answerId: newId(), unitId: unit.id };
      });
      await insert(db, rows);
    }
  });
}

type Row = ReturnType<ReturnType<typeof textsOf>> & Place & { id: string; answerId: string; unitId: string };

async function insert(db: Db, rows: readonly Row[]): Promise<void> {
  const made = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, "answerId" uuid, "unitId" uuid,
    "libraryId" uuid, "categoryId" uuid, title text, summary text, tags jsonb, body text, phrasings jsonb, answer text)`;
  const texts = (column: string) => sql`array(select jsonb_array_elements_text(${sql.ref(column)}))`;
  await sql`insert into knowledge_articles (id, unit_id, library_id, category_id, state, title, summary, body, body_text, tags, regions,
      source, sharing, role_ids, file_ids, image_ids, link_ids, version, published_at)
    select r.id, r."unitId", r."libraryId", r."categoryId", 'published', r.title, r.summary, '{"type":"doc","content":[]}', r.body,
      ${texts('r.tags')}, '{}', '', 'subtree', '{}', '{}', '{}', '{}', 1, now() from ${made}`.execute(db);
  await sql`insert into answers (id, unit_id, library_id, category_id, question, phrasings, turn, answer_text, tags, sharing, version, article_id)
    select r."answerId", r."unitId", r."libraryId", r."categoryId", r.phrasings->>0, (${texts('r.phrasings')})[2:],
      jsonb_build_object('answer', r.answer), r.answer, '{}', 'subtree', 1, r.id from ${made}`.execute(db);
}

function textsOf({ articles, pairs }: DemoKnowledge, random: Random) {
  const sentences = articles.flatMap(({ markdown }) =>
    markdown.split(/(?<=[。；\n])/).filter(({ length }) => length > 8),
  );
  const asked = pairs.flatMap(({ question, similar }) => [question, ...similar]);
  const half = (text: string, which: 0 | 1): string => {
    const middle = Math.ceil(text.length / 2);
    return which === 0 ? text.slice(0, middle) : text.slice(middle);
  };
  const mixed = () => half(random.pick(asked), 0) + half(random.pick(asked), 1);
  return () => {
    const { summary, tags } = random.pick(articles);
    return {
      ...{ title: half(random.pick(articles).title, 0) + half(random.pick(articles).title, 1), summary, tags },
      body: Array.from({ length: SENTENCES }, () => random.pick(sentences)).join(''),
      phrasings: Array.from({ length: PHRASINGS }, mixed),
      answer: random.pick(sentences).slice(0, 140),
    };
  };
}

import { type Kysely, sql } from 'kysely';

/** Who has an article open in its editor; as flow_editors. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create unlogged table knowledge_editors (
    article_id uuid not null references knowledge_articles on delete cascade, client uuid not null,
    person_id uuid not null references people, since timestamptz not null default now(),
    seen_at timestamptz not null default now(), primary key (article_id, client))`.execute(db);
}

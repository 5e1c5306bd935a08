/** What happens to articles by itself when days pass: the end of what holds no more, a word beforehand to those who write. */
import { ARTICLE_NOTICE_DAYS, type ArticleState, readableArticleStates } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { writeAudit } from '../platform/audit.ts';
import { dayName } from '../platform/clock.ts';
import type { Db, Queryable } from '../platform/db.ts';
import { nearestHolders, tell } from './telling.ts';
import { stateAfter } from './writing.ts';

const DAY_MS = 86_400_000;

interface Due {
  id: string;
  title: string;
  state: ArticleState;
  unitId: string;
  path: string;
  /** Its end, or the day to look at it again, whichever is first. */
  day: string;
}

const first = sql`least(a.valid_to, a.review_on)`;
const read = sql`a.state = any(${[...readableArticleStates]}::text[])`;

/** How many it acted on; of those that failed, which keep none of the others, the first one's error. `db` is the engine's. */
export async function lookAtKnowledge(
  db: Db,
  now: Date,
): Promise<{ expired: number; told: number; failed: number; first?: string }> {
  const today = dayName(now);
  const soon = dayName(new Date(now.getTime() + ARTICLE_NOTICE_DAYS * DAY_MS));
  const ended = sql`${read} and a.valid_to < ${today}`;
  const near = sql`${read} and ${first} <= ${soon} and a.told_of is distinct from ${first}`;
  const expired = await each(db, ended, (trx, article) => expire(trx, article, now));
  const told = await each(db, near, remind);
  const failures = [...expired.failures, ...told.failures];
  return {
    ...{ expired: expired.acted, told: told.acted, failed: failures.length },
    ...(failures[0] ? { first: failures[0] } : {}),
  };
}

/** Each in a transaction of its own. */
async function each(
  db: Db,
  condition: RawBuilder<unknown>,
  act: (trx: Queryable, article: Due) => Promise<void>,
): Promise<{ acted: number; failures: string[] }> {
  const { rows } = await sql<{
    id: string;
  }>`select a.id from knowledge_articles a where ${condition} order by a.id`.execute(db);
  const failures: string[] = [];
  let acted = 0;
  for (const { id } of rows) {
    const one = db.transaction().execute(async (trx) => {
      // Somebody may have published another version in the meantime.
      const { rows: held } = await sql<Due>`select a.id, a.title, a.state, a.unit_id as "unitId", u.path::text as path,
          ${first}::text as day
        from knowledge_articles a join units u on u.id = a.unit_id where a.id = ${id} and ${condition} for update of a`.execute(
        trx,
      );
      for (const article of held) await act(trx, article);
      return held.length;
    });
    // The count is of what was committed.
    await one.then(
      (count) => {
        acted += count;
      },
      (error) => failures.push(`${id}: ${String(error)}`),
    );
  }
  return { acted, failures };
}

async function expire(trx: Queryable, article: Due, now: Date): Promise<void> {
  const state = stateAfter(article, 'expire');
  await sql`update knowledge_articles set state = ${state}, draft_revision = draft_revision + 1, changed_at = ${now}
    where id = ${article.id}`.execute(trx);
  const to = await nearestHolders(trx, article, 'knowledge.edit');
  await tell(trx, article, { to, kind: 'knowledge_due', about: '已过期' });
  await writeAudit(trx, {
    ...{ actor: { kind: 'system', id: null, login: 'system', name: '系统' }, address: '', action: 'expired' },
    subject: { kind: 'article', id: article.id, name: article.title },
    unitId: article.unitId,
    ...{ before: { articleState: article.state }, after: { articleState: state } },
  });
}

/** Once for each day that comes first. */
async function remind(trx: Queryable, article: Due): Promise<void> {
  await sql`update knowledge_articles set told_of = ${article.day} where id = ${article.id}`.execute(trx);
  const to = await nearestHolders(trx, article, 'knowledge.edit');
  await tell(trx, article, { to, kind: 'knowledge_due', about: `${article.day} 到期或须复核` });
}

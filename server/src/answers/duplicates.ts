/** What the bank has already of a question that is being written: all phrasings in memory, answers as far as the viewer sees them. */
import type { Duplicate } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Reader } from '../knowledge/libraries.ts';
import { unitRefs } from '../knowledge/units.ts';
import type { Db } from '../platform/db.ts';
import { type Match, PhrasingIndex } from './phrasing-index.ts';

const PAGE = 5_000;
/** A transaction may commit this long after it said when. */
const OVERLAP_MS = 300_000;
const MOST_SHOWN = 50;

interface Row {
  id: string;
  phrasings: string[];
  changedAt: Date;
}

/** All phrasings of all answers, kept up with the database: answers are changed and never removed. */
export class Phrasings {
  readonly #all: Db;
  readonly #index = new PhrasingIndex();
  readonly #changedAt = new Map<string, number>();
  #upTo = 0;
  #reading: Promise<unknown> = Promise.resolve();

  constructor(all: Db) {
    this.#all = all;
  }

  /** As the database has them now. Those who ask at once wait for each other. */
  async current(): Promise<PhrasingIndex> {
    const reading = this.#reading.catch(() => undefined).then(() => this.#read());
    this.#reading = reading;
    await reading;
    return this.#index;
  }

  async #read(): Promise<void> {
    const since = new Date(this.#upTo - OVERLAP_MS);
    for (let after: Row | undefined; ; ) {
      const next = after ? sql`(changed_at, id) > (${after.changedAt}, ${after.id})` : sql`changed_at >= ${since}`;
      // Milliseconds are as fine as the driver reads an instant.
      const { rows } = await sql<Row>`select id, question || phrasings as phrasings, changed_at as "changedAt"
        from (select id, question, phrasings, date_trunc('milliseconds', changed_at) as changed_at from answers) a
        where ${next} order by changed_at, id limit ${PAGE}`.execute(this.#all);
      for (const row of rows) this.#take(row);
      after = rows.at(-1);
      if (rows.length < PAGE) return;
    }
  }

  #take({ id, phrasings, changedAt }: Row): void {
    const at = changedAt.getTime();
    this.#upTo = Math.max(this.#upTo, at);
    if (this.#changedAt.get(id) === at) return;
    this.#index.set(id, phrasings);
    this.#changedAt.set(id, at);
  }
}

/** Of each answer and each phrasing asked the nearest, nearest first. */
export async function duplicatesOf(
  reader: Reader,
  kept: Phrasings,
  { phrasings, exceptId }: { phrasings: readonly string[]; exceptId: string | null },
): Promise<Duplicate[]> {
  const index = await kept.current();
  const found = [...new Set(phrasings)].flatMap((asked) =>
    nearestOfEach(index.alike(asked)).map((match) => ({ asked, ...match })),
  );
  const others = found.filter(({ owner }) => owner !== exceptId);
  const answers = await answersInSight(
    reader,
    others.map(({ owner }) => owner),
  );
  return others
    .flatMap(({ asked, owner, phrasing, likeness }) => {
      const answer = answers.get(owner);
      return answer ? [{ ...answer, asked, phrasing, likeness }] : [];
    })
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, MOST_SHOWN);
}

/** `matches`: nearest first. */
export function nearestOfEach(matches: readonly Match[]): Match[] {
  const seen = new Set<string>();
  return matches.filter(({ owner }) => !seen.has(owner) && seen.add(owner));
}

/** By id. */
export async function answersInSight(
  { db, all }: Reader,
  ids: readonly string[],
): Promise<Map<string, Pick<Duplicate, 'answer' | 'unit'>>> {
  const { rows } = await sql<{
    id: string;
    title: string;
    unitId: string;
  }>`select id, question as title, unit_id as "unitId"
    from answers where id = any(${[...new Set(ids)]}::uuid[])`.execute(db);
  const units = await unitRefs(
    all,
    rows.map(({ unitId }) => unitId),
  );
  return new Map(
    rows.flatMap(({ id, title, unitId }) => {
      const unit = units.get(unitId);
      return unit ? [[id, { answer: { id, title }, unit }] as const] : [];
    }),
  );
}

/** What the bank has already of a question that is being written: all phrasings in memory, answers as far as the viewer sees them. */
import type { Duplicate } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Reader } from '../knowledge/libraries.ts';
import { unitRefs } from '../knowledge/units.ts';
import type { Db } from '../platform/db.ts';
import { type Match, PhrasingIndex } from './phrasing-index.ts';

const AT_ONCE = 2_000;
/** A transaction may commit this long after it said when. */
const OVERLAP_MS = 60_000;
const MOST_SHOWN = 50;

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
    const { rows: recent } = await sql<{
      id: string;
      changedAt: Date;
    }>`select id, changed_at as "changedAt" from answers
      where changed_at >= ${new Date(this.#upTo - OVERLAP_MS)}`.execute(this.#all);
    const changed = recent.filter(({ id, changedAt }) => this.#changedAt.get(id) !== changedAt.getTime());
    for (let at = 0; at < changed.length; at += AT_ONCE) {
      const some = changed.slice(at, at + AT_ONCE);
      const { rows } = await sql<{ id: string; phrasings: string[] }>`select id, question || phrasings as phrasings
        from answers where id = any(${some.map(({ id }) => id)}::uuid[])`.execute(this.#all);
      for (const { id, phrasings } of rows) this.#index.set(id, phrasings);
      for (const { id, changedAt } of some) this.#changedAt.set(id, changedAt.getTime());
    }
    for (const { changedAt } of changed) this.#upTo = Math.max(this.#upTo, changedAt.getTime());
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

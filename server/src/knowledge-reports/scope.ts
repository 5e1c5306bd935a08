/** What a report is about: units in reach, a library, days; and whose sums its rows are. */
import { type RawBuilder, sql } from 'kysely';
import type { UnitTree } from '../centres/tree.ts';
import { dayBounds } from '../platform/clock.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';

/** Who reads a report: `db` is of their scope, `all` sees everything. */
export interface ReportReader {
  db: Queryable;
  all: Queryable;
  /** In reach. */
  unitIds: readonly string[];
}

export interface ReportScope {
  from: string;
  to: string;
  unitId?: string | undefined;
  libraryId?: string | undefined;
}
export type ReportBy = 'unit' | 'library' | 'person';

const DAY_MS = 86_400_000;
const MOST_DAYS = 366;

/** From the first instant on, before the second. Throws BAD_REQUEST for a period that is too long, or none. */
export function periodOf({ from, to }: ReportScope): [begin: Date, end: Date] {
  const [begin] = dayBounds(from);
  const [, end] = dayBounds(to);
  const days = (end.getTime() - begin.getTime()) / DAY_MS;
  if (days < 1) throw refusal('BAD_REQUEST', '开始日期不能晚于结束日期');
  if (days > MOST_DAYS) throw refusal('BAD_REQUEST', `统计期间不能超过 ${MOST_DAYS} 天`);
  return [begin, end];
}

/** Units of the report that are in reach. */
export function unitsOf(reader: ReportReader, tree: UnitTree, { unitId }: ReportScope): string[] {
  if (!unitId) return [...reader.unitIds];
  const unit = tree.unit(unitId);
  const reached = new Set(reader.unitIds);
  return unit ? tree.subtree(unit).flatMap(({ id }) => (reached.has(id) ? [id] : [])) : [];
}

export const ofLibrary = (column: RawBuilder<unknown>, { libraryId }: ReportScope): RawBuilder<unknown> =>
  libraryId ? sql`${column} = ${libraryId}` : sql`true`;

/** Each unit's sums are its centre's. */
function keyOf(by: ReportBy, tree: UnitTree, key: string | null): string | null {
  if (by !== 'unit' || !key) return key;
  const unit = tree.unit(key);
  return unit ? tree.centreOf(unit).id : key;
}

/** Names of the keys, as the viewer may see them. */
async function namesOf({ all }: ReportReader, by: ReportBy, keys: readonly string[]): Promise<Map<string, string>> {
  const table = { unit: 'units', library: 'knowledge_libraries', person: 'people' }[by];
  const { rows } = await sql<{ id: string; name: string }>`select id, name from ${sql.table(table)}
    where id = any(${keys as string[]}::uuid[])`.execute(all);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Nobody's, or of no library: what was searched for in all of them. */
const NONE: Record<ReportBy, string> = { unit: '', library: '全部知识库', person: '系统' };

/** Rows by name, with their sum. `empty`: a row in which nothing was counted. */
export async function summedUp<Counts extends Record<string, number>>(
  reader: ReportReader,
  tree: UnitTree,
  by: ReportBy,
  empty: Counts,
  counted: readonly ({ key: string | null } & Partial<Counts>)[],
): Promise<{ rows: ({ id: string | null; name: string } & Counts)[]; total: Counts }> {
  const sums = new Map<string | null, Counts>();
  const total = { ...empty };
  for (const { key: raw, ...counts } of counted) {
    const key = keyOf(by, tree, raw);
    const sum = sums.get(key) ?? { ...empty };
    sums.set(key, sum);
    for (const [name, count] of Object.entries(counts) as [keyof Counts, number][]) {
      sum[name] = ((sum[name] as number) + count) as Counts[typeof name];
      total[name] = ((total[name] as number) + count) as Counts[typeof name];
    }
  }
  const keys = [...sums.keys()].filter((key) => key !== null);
  const names = await namesOf(reader, by, keys);
  const rows = [...sums].map(([id, counts]) => ({
    ...{ id, name: id === null ? NONE[by] : (names.get(id) ?? '') },
    ...counts,
  }));
  rows.sort((a, b) => a.name.localeCompare(b.name, 'zh') || ((a.id ?? '') < (b.id ?? '') ? -1 : 1));
  return { rows, total };
}

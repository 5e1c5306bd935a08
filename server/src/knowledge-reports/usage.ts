/** 知识使用情况统计表: sums of days. */
import type { UsageRow } from '@rexian/contracts';
import { sql } from 'kysely';
import type { UnitTree } from '../centres/tree.ts';
import { ofLibrary, periodOf, type ReportBy, type ReportReader, type ReportScope, summedUp, unitsOf } from './scope.ts';

const empty = {
  ...{ searches: 0, missed: 0, shown: 0, opened: 0, copied: 0, sent: 0, attached: 0, helpful: 0, unhelpful: 0 },
};
type Counts = typeof empty;

/** Throws BAD_REQUEST. */
export async function usageReport(
  reader: ReportReader,
  tree: UnitTree,
  { by, ...scope }: ReportScope & { by: ReportBy },
): Promise<{ rows: UsageRow[]; total: UsageRow }> {
  periodOf(scope);
  const key = { unit: sql`d.unit_id`, library: sql`d.library_id`, person: sql`d.person_id` }[by];
  const sums = sql.join(Object.keys(empty).map((name) => sql`sum(${sql.ref(`d.${name}`)}) as ${sql.ref(name)}`));
  const { rows } = await sql<{ key: string | null } & Counts>`select ${key} as key, ${sums} from knowledge_person_days d
    where d.day between ${scope.from} and ${scope.to} and d.unit_id = any(${unitsOf(reader, tree, scope)}::uuid[])
      and ${ofLibrary(sql`d.library_id`, scope)}
    group by 1`.execute(reader.db);
  const { rows: sorted, total } = await summedUp(reader, tree, by, empty, rows);
  return { rows: sorted, total: { id: null, name: '合计', ...total } };
}

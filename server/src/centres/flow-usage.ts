/** Which flows point to something: what is published last and what is being drafted counts. */
import { type FlowDocument, readFlow } from '@rexian/flows/graph.ts';
import type { ReferenceKind } from '@rexian/flows/node.ts';
import { nodeTypes } from '@rexian/flows/registry.ts';
import { type Reference, referencesOf } from '@rexian/flows/validate.ts';
import { sql } from 'kysely';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';

/** Newest published version `v` of the flow `f`. */
export const newestVersion = sql`(
  select * from flow_versions published where published.flow_id = f.id and published.version > 0
  order by published.version desc limit 1)`;

export interface FlowUse {
  id: string;
  name: string;
  unitId: string;
  references: Reference[];
}

/** Flows in sight of `db` whose documents hold any of the words, with all that these documents point to. */
export async function flowsWith(db: Queryable, words: readonly string[]): Promise<FlowUse[]> {
  if (words.length === 0) return [];
  // As they stand inside JSON.
  const quoted = words.map((word) => JSON.stringify(word).slice(1, -1));
  const { rows } = await sql<Omit<FlowUse, 'references'> & { documents: FlowDocument[] }>`
    select f.id, f.name, f.unit_id as "unitId", d.documents
    from flows f left join lateral ${newestVersion} v on true,
      lateral (select jsonb_agg(document) as documents from (values (v.graph), (f.draft)) each (document)
        where document is not null and exists (
          select from unnest(${quoted}::text[]) word where strpos(document::text, word) > 0)) d
    where f.removed_at is null and d.documents is not null order by f.name, f.id`.execute(db);
  return rows.map(({ documents, ...flow }) => ({
    ...flow,
    references: documents.flatMap((document) => referencesOf(readFlow(document, nodeTypes))),
  }));
}

/** Flows that point to a thing, by name. `db` sees everything. */
export async function flowsThatUse(
  db: Queryable,
  { kind, id }: { kind: ReferenceKind; id: string },
): Promise<FlowUse[]> {
  const flows = await flowsWith(db, [id]);
  return flows.filter(({ references }) => references.some((each) => each.kind === kind && each.id === id));
}

/** Throws IN_USE, naming the flows, when some point to it. `thing`: what people call it. */
export async function refuseUsedByFlows(
  db: Queryable,
  { kind, id }: { kind: ReferenceKind; id: string },
  thing: string,
): Promise<void> {
  const flows = await flowsThatUse(db, { kind, id });
  if (flows.length > 0) throw usedByFlows(flows, thing);
}

const NAMED = 5;

/** `流程“主流程”、“满意度”`, of many the first few. */
export function flowNames(flows: readonly Pick<FlowUse, 'name'>[]): string {
  const names = flows.slice(0, NAMED).map(({ name }) => `“${name}”`);
  const more = flows.length > NAMED ? `等 ${flows.length} 个流程` : '';
  return `流程${names.join('、')}${more}`;
}

export function usedByFlows(flows: readonly Pick<FlowUse, 'name'>[], thing: string) {
  return refusal('IN_USE', `${flowNames(flows)}使用了该${thing}，请先修改流程`);
}

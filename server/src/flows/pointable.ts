/** What nodes of a unit's flow may point to: what calls of that unit could be led to. `all` sees everything. */
import type { FlowOptions } from '@rexian/contracts';
import { type FlowDocument, readFlow } from '@rexian/flows/graph.ts';
import type { ReferenceKind } from '@rexian/flows/node.ts';
import { nodeTypes } from '@rexian/flows/registry.ts';
import { type Known, referencesOf } from '@rexian/flows/validate.ts';
import { type RawBuilder, sql } from 'kysely';
import { codesFrom } from '../centres/access-codes/codes.ts';
import { newestVersion } from '../centres/flow-usage.ts';
import { unitJson } from '../centres/reach.ts';
import type { Queryable } from '../platform/db.ts';

/**
 * In use: queues and people of the unit and below it, queues of units above too, access codes that take its calls, published flows and prompts
 * of the unit and above, the nearest prompt of each name. `within`: units below are shown as far as they lie in these.
 */
export async function pointableFrom(
  all: Queryable,
  unitId: string,
  within: RawBuilder<unknown> = sql`select id from units`,
): Promise<FlowOptions> {
  const path = sql`(select path from units where id = ${unitId})`;
  const below = sql`u.path <@ ${path} and u.id in (${within})`;
  const [queues, people, codes, flows, prompts] = await Promise.all([
    sql<FlowOptions['queues'][number]>`select q.id, q.name, ${unitJson('u')} as unit
      from queues q join units u on u.id = q.unit_id
      where q.active and (u.path @> ${path} or ${below}) order by u.path, q.name, q.id`.execute(all),
    sql<FlowOptions['people'][number]>`select p.id, p.name, p.agent_number as "agentNumber"
      from people p join units u on u.id = p.unit_id
      where p.active and p.agent_number is not null and ${below} order by p.agent_number, p.id`.execute(all),
    codesFrom(all, unitId),
    sql<Omit<FlowOptions['flows'][number], 'goesInto'> & { document: FlowDocument }>`
      select f.id, f.name, ${unitJson('u')} as unit, v.graph as document
      from flows f join units u on u.id = f.unit_id, lateral ${newestVersion} v
      where f.removed_at is null and u.path @> ${path} order by u.path, f.name`.execute(all),
    sql<FlowOptions['prompts'][number]>`select distinct on (p.name) p.id, p.name, p.text,
        p.recording_key is not null as recorded, ${unitJson('u')} as unit
      from prompts p join units u on u.id = p.unit_id
      where u.path @> ${path} order by p.name, nlevel(u.path) desc`.execute(all),
  ]);
  const units = await unitsOfCodes(
    all,
    codes.map(({ accessCodeId }) => accessCodeId),
  );
  return {
    queues: queues.rows,
    people: people.rows,
    accessCodes: codes.flatMap(({ accessCodeId: id, code, name }) => {
      const unit = units.get(id);
      return unit ? [{ id, code, name, unit }] : [];
    }),
    flows: flows.rows.map(({ document, ...flow }) => ({ ...flow, goesInto: flowsIn(document) })),
    prompts: prompts.rows,
  };
}

/** The same for `validate`; `self`: the flow that is checked. */
export async function knownFrom(all: Queryable, unitId: string, self: string): Promise<Known> {
  const { queues, people, accessCodes, flows, prompts } = await pointableFrom(all, unitId);
  const ids = (things: readonly { id: string }[]) => new Set(things.map(({ id }) => id));
  return {
    ...{ queue: ids(queues), person: ids(people), access_code: ids(accessCodes), self },
    flow: new Map(flows.map(({ id, goesInto }) => [id, goesInto])),
    prompt: new Set(prompts.map(({ name }) => name)),
  };
}

/** Names of whatever flows point to, in use or not. */
export async function namesOf(
  all: Queryable,
  documents: readonly FlowDocument[],
): Promise<(kind: ReferenceKind, id: string) => string | undefined> {
  const ids = documents.flatMap((document) =>
    referencesOf(readFlow(document, nodeTypes)).flatMap(({ kind, id }) => (kind === 'prompt' ? [] : [id])),
  );
  const { rows } = await sql<{ key: string; name: string }>`
    with wanted as (select distinct unnest(${ids}::uuid[]) as id)
    select 'queue ' || id as key, name from queues join wanted using (id)
    union all select 'person ' || id, name from people join wanted using (id)
    union all select 'access_code ' || id, name || ' ' || code from access_codes join wanted using (id)
    union all select 'flow ' || id, name from flows join wanted using (id)`.execute(all);
  const names = new Map(rows.map(({ key, name }) => [key, name]));
  return (kind, id) => names.get(`${kind} ${id}`);
}

const flowsIn = (document: FlowDocument): string[] =>
  referencesOf(readFlow(document, nodeTypes)).flatMap(({ kind, id }) => (kind === 'flow' ? [id] : []));

async function unitsOfCodes(all: Queryable, ids: readonly string[]) {
  const { rows } = await sql<{ id: string; unit: FlowOptions['accessCodes'][number]['unit'] }>`
    select a.id, ${unitJson('u')} as unit from access_codes a join units u on u.id = a.unit_id
    where a.id = any(${ids as string[]}::uuid[])`.execute(all);
  return new Map(rows.map(({ id, unit }) => [id, unit]));
}

/**
 * Test calls of flows (试拨): a code, given to who edits a flow, lets one call run a draft of that moment. Such calls are in the ledger like
 * others, with the source `test`, and count nowhere (contacts/test-calls.ts).
 */
import { createHash, randomInt } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';

/** Context of the dialplan in which nothing but these codes is dialled. */
export const TEST_CONTEXT = 'rexian-flow-test';
/** The page dials at once. */
const CODE_MS = 60_000;
const KEPT_DAYS = 30;

/** Digits, which is all that a phone can dial. */
const newCode = () => Array.from({ length: 4 }, () => String(randomInt(10_000)).padStart(4, '0')).join('');
const hashOf = (code: string) => createHash('sha256').update(code).digest();

export interface TestCall {
  code: string;
  contactId: string;
  version: number;
}

/** Keeps a document as what a test call of `personId` runs, and gives the code for it. */
export async function openTestCall(
  trx: Queryable,
  { flowId, document, personId, by }: { flowId: string; document: object; personId: string; by: string },
): Promise<TestCall> {
  const kept = await sql<{ version: number }>`
    insert into flow_versions (flow_id, version, graph, published_by)
    values (${flowId}, -nextval('flow_test_versions')::int, ${JSON.stringify(document)}, ${by}) returning version`.execute(
    trx,
  );
  const version = kept.rows[0]?.version ?? 0;
  const [code, contactId] = [newCode(), newId()];
  const expires_at = new Date(Date.now() + CODE_MS);
  const of = { flow_id: flowId, version, person_id: personId, contact_id: contactId };
  await trx
    .insertInto('flow_tests')
    .values({ code_hash: hashOf(code), ...of, expires_at })
    .execute();
  return { code, contactId, version };
}

/** What a dialled code stands for. */
export interface TestArrival {
  contactId: string;
  unitId: string;
  /** A service number that leads to the flow; without one the flow's name stands for both. */
  number: string;
  name: string;
  flow: { id: string; version: number; document: unknown };
}

/** Uses a code up for this call of the engine; null: it is used, too old, or none. Asked again for the same call it answers the same. */
export async function useTestCode(db: Db, code: string, externalId: string): Promise<TestArrival | null> {
  const { rows } = await sql<{
    contactId: string;
    unitId: string;
    flowId: string;
    flowName: string;
    version: number;
    graph: unknown;
    number: string | null;
    numberName: string | null;
  }>`
    with used as (
      update flow_tests set external_id = ${externalId}
      where code_hash = ${hashOf(code)} and (external_id = ${externalId} or (external_id is null and expires_at > now()))
      returning flow_id, version, contact_id)
    select t.contact_id as "contactId", f.unit_id as "unitId", f.id as "flowId", f.name as "flowName", v.version, v.graph, n.number,
      n.name as "numberName"
    from used t join flows f on f.id = t.flow_id join flow_versions v on v.flow_id = t.flow_id and v.version = t.version
      left join lateral (
        select number, name from service_numbers where flow_id = f.id and active order by length(number), number limit 1) n on true`.execute(
    db,
  );
  const [found] = rows;
  if (!found) return null;
  const { contactId, unitId, flowId, flowName, version, graph, number, numberName } = found;
  const flow = { id: flowId, version, document: graph };
  return { contactId, unitId, number: number ?? '试拨', name: numberName ?? flowName, flow };
}

/** Forgets drafts that test calls ran a month ago; the calls stay in the ledger. Returns how many. */
export async function forgetTests(db: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
  const { rows } = await sql`
    delete from flow_versions v where v.version < 0 and v.published_at < ${before}
      and not exists (select from contacts c where c.state <> 'ended' and c.flow_id = v.flow_id and c.flow_version = v.version)
    returning 1`.execute(db);
  return rows.length;
}

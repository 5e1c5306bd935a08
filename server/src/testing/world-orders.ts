/** The world's orders on their way, and what people keep beside them: a row in every table of theirs in every centre. */
import { sql } from 'kysely';
import { sealNumber } from '../contacts/caller-number.ts';
import { dayName } from '../platform/clock.ts';
import type { Db } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { Vault } from '../platform/vault.ts';
import { sealDrafts } from '../work-orders/record/drafts.ts';
import type { World, WorldCentre } from './world.ts';

/** For tests that want a row in these tables as well. */
export async function seedOrders(db: Db, vault: Vault, { nanning, liuzhou }: World): Promise<void> {
  for (const centre of [nanning, liuzhou]) {
    await seedOrder(db, vault, centre);
    await seedKept(db, vault, centre);
  }
}

/** Registered by the agent, who has asked for more time and was urged; the clerk has a copy. */
async function seedOrder(
  db: Db,
  vault: Vault,
  { unit, mark, caller, workflow, category, agent, clerk, order, task, request, urge }: WorldCentre,
): Promise<void> {
  const sealed = sealNumber(vault, caller);
  const at = new Date(Date.now() - 600_000);
  const due = new Date(Date.now() + 86_400_000);
  const warn = new Date(Date.now() + 68_400_000);
  const marking = { tokens: [{ id: 1, node: 'handle', by: null, trail: [] }], next: 2 };
  await sql`insert into work_orders (id, number, unit_id, source, state, kind, category_id, title, content, caller_sealed, caller_index,
      caller_tail, caller_name_sealed, caller_name_index, tax_sealed, tax_index, created_at, registered_by, registered_at, workflow_id,
      workflow_version, marking, due_at, warn_at, place_ids, person_ids)
    values (${order}, ${`GD1${mark}`}, ${unit.id}, 'letter', 'open', 'inquiry', ${category}, ${`查询 ${mark}`}, ${`税款 ${mark}`},
      ${sealed.sealed}, ${sealed.index}, ${sealed.tail}, ${vault.seal('name', mark)}, ${vault.index('name', mark)},
      ${vault.seal('tax_number', mark)}, ${vault.index('tax_number', mark)}, ${at}, ${agent}, ${at}, ${workflow}, 1,
      ${JSON.stringify(marking)}, ${due}, ${warn}, array[${unit.id}]::uuid[], array[${clerk}]::uuid[])`.execute(db);
  await sql`insert into work_order_tasks (id, order_id, token, node, title, state, unit_id, desk, sent_by, sent_from, arrived_at, due_at,
      warn_at, draft_sealed)
    values (${task}, ${order}, 1, 'handle', ${`办理 ${mark}`}, 'waiting', ${unit.id}, 'return_visit', ${agent}, ${unit.id}, ${at}, ${due},
      ${warn}, ${sealDrafts(vault, { [agent]: { opinion: mark, answer: '' } })})`.execute(db);
  await sql`insert into work_order_events (id, order_id, task_id, at, type, person_id, unit_id, title, text_sealed)
    values (${newId()}, ${order}, ${task}, ${at}, 'registered', ${agent}, ${unit.id}, ${`登记 ${mark}`},
      ${vault.seal('work_order', mark)})`.execute(db);
  await sql`insert into work_order_requests (id, order_id, task_id, kind, until, reason, asked_by, asked_at, unit_id)
    values (${request}, ${order}, ${task}, 'extend', ${due}, ${`取证 ${mark}`}, ${agent}, ${at}, ${unit.id})`.execute(
    db,
  );
  await sql`insert into work_order_urges (id, order_id, task_id, kind, unit_id, by_person, at, text)
    values (${urge}, ${order}, ${task}, 'urge', ${unit.id}, ${agent}, ${at}, ${`请尽快 ${mark}`})`.execute(db);
  await db
    .insertInto('work_order_copies')
    .values({ order_id: order, person_id: clerk, by_person: agent, at, read_at: null })
    .execute();
  await db
    .insertInto('work_order_node_days')
    .values({
      ...{ day: dayName(new Date(at.getTime() - 86_400_000)), unit_id: unit.id, kind: 'inquiry', confidential: '' },
      ...{ node: 'handle', title: `办理 ${mark}`, buckets: [40], counts: [1] },
    })
    .execute();
  await sql`select index_order(${order}, '{}', ${`查询 ${mark}`})`.execute(db);
}

/** What people keep for themselves, and a message of one to the other. */
async function seedKept(
  db: Db,
  vault: Vault,
  { unit, mark, agent, clerk, savedFilter, exportJob }: WorldCentre,
): Promise<void> {
  await db
    .insertInto('saved_filters')
    .values({
      id: savedFilter,
      person_id: agent,
      list: 'orders',
      name: `超期 ${mark}`,
      query_sealed: vault.seal('order_filter', 'due=overdue'),
    })
    .execute();
  await db
    .insertInto('exports')
    .values({
      ...{ id: exportJob, person_id: agent, name: `工单 ${mark}` },
      request_sealed: vault.seal('order_filter', '{"list":"all"}'),
      scope: JSON.stringify({ scope: { patterns: [], everything: false, home: '', personId: agent }, permissions: [] }),
    })
    .execute();
  await db
    .insertInto('desk_messages')
    .values({
      id: newId(),
      unit_id: unit.id,
      from_person: clerk,
      to_person: agent,
      text: `你好 ${mark}`,
      read_at: null,
    })
    .execute();
}

/** Templates of short messages: reading and changing. `db` and `trx` are of the viewer's scope unless it is said otherwise. */
import type { SmsTemplate } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableOrUpperUnits, reachableUnit, reachableUnits, reachableWithin, unitJson } from '../centres/reach.ts';
import type { Caller } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';

export interface TemplateInForce {
  code: string;
  name: string;
  text: string;
}

/** By each code the unit's own template, else that of the next unit above; those switched off are left out. `db` must see the units above. */
export async function templatesInForce(db: Queryable, unitId: string): Promise<TemplateInForce[]> {
  const { rows } = await sql<TemplateInForce>`select code, name, text from (
      select distinct on (t.code) t.code, t.name, t.text, t.enabled from sms_templates t join units u on u.id = t.unit_id
      where u.path @> (select path from units where id = ${unitId})
      order by t.code, nlevel(u.path) desc) nearest
    where enabled order by name, code`.execute(db);
  return rows;
}

/** null: none, or switched off. `db` must see the units above. */
export async function templateInForce(db: Queryable, unitId: string, code: string): Promise<TemplateInForce | null> {
  return (await templatesInForce(db, unitId)).find((template) => template.code === code) ?? null;
}

type Row = Omit<SmsTemplate, 'can'> & { inReach: boolean };
type Facts = Pick<SmsTemplate, 'name' | 'text' | 'enabled'>;
type At = Pick<SmsTemplate, 'id' | 'revision'>;

const columns = (caller: Caller) => sql`t.id, ${unitJson('u')} as unit, t.code, t.name, t.text, t.enabled, t.revision,
  t.changed_at as "changedAt", t.changed_by as "changedBy", t.unit_id in (${reachableUnits(caller)}) as "inReach"`;
const tables = sql`sms_templates t join units u on u.id = t.unit_id`;

export async function listTemplates(
  db: Queryable,
  caller: Caller,
  { unitId, search }: { unitId?: string | undefined; search?: string | undefined },
): Promise<SmsTemplate[]> {
  const units = unitId === undefined ? reachableOrUpperUnits(caller) : reachableWithin(caller, unitId);
  const words = search
    ? sql`and (strpos(lower(t.name), lower(${search})) > 0 or strpos(t.code, lower(${search})) > 0
        or strpos(lower(t.text), lower(${search})) > 0)`
    : sql``;
  const { rows } = await sql<Row>`select ${columns(caller)} from ${tables} where t.unit_id in (${units}) ${words}
    order by u.path, t.name, t.code limit 2000`.execute(db);
  return rows.map((row) => shown(caller, row));
}

/** A second one of the code breaks the database's promise: see `refusing`. */
export async function createTemplate(
  trx: Queryable,
  caller: Caller,
  { unitId, ...facts }: Facts & { unitId: string; code: string },
): Promise<SmsTemplate> {
  const unit = await reachableUnit(trx, caller, unitId);
  if (!unit) throw refusal('NOT_FOUND', '没有找到所选机构');
  const id = newId();
  const values = { id, unit_id: unit.id, ...facts, changed_by: caller.viewer.name };
  await trx.insertInto('sms_templates').values(values).execute();
  return one(trx, caller, id);
}

/** Guarded by the revision: of two changes of one revision, the second is refused. */
export async function changeTemplate(
  trx: Queryable,
  caller: Caller,
  { id, revision, ...facts }: Facts & At,
): Promise<{ before: SmsTemplate; after: SmsTemplate }> {
  const before = await toChange(trx, caller, { id, revision });
  const stamp = { revision: revision + 1, changed_at: new Date(), changed_by: caller.viewer.name };
  await trx
    .updateTable('sms_templates')
    .set({ ...facts, ...stamp })
    .where('id', '=', id)
    .execute();
  return { before, after: await one(trx, caller, id) };
}

export async function removeTemplate(trx: Queryable, caller: Caller, at: At): Promise<SmsTemplate> {
  const before = await toChange(trx, caller, at);
  await trx.deleteFrom('sms_templates').where('id', '=', at.id).execute();
  return before;
}

/** As the audit log tells it. */
export const templateTold = ({ code, name, text, enabled, unit }: SmsTemplate) => ({
  ...{ code, name, text },
  active: enabled,
  unit: unit.name,
});

/** Locked. Throws NOT_FOUND, CHANGED. */
async function toChange(trx: Queryable, caller: Caller, { id, revision }: At): Promise<SmsTemplate> {
  const found = await one(trx, caller, id, true);
  if (found.revision !== revision)
    throw refusal('CHANGED', `短信模板“${found.name}”已被${found.changedBy}修改，请刷新后重试`);
  return found;
}

async function one(db: Queryable, caller: Caller, id: string, lock = false): Promise<SmsTemplate> {
  const { rows } = await sql<Row>`select ${columns(caller)} from ${tables}
    where t.id = ${id} and t.unit_id in (${reachableUnits(caller)}) ${lock ? sql`for update of t` : sql``}`.execute(db);
  if (!rows[0]) throw refusal('NOT_FOUND', '没有找到短信模板');
  return shown(caller, rows[0]);
}

const shown = ({ viewer }: Caller, { inReach, ...row }: Row): SmsTemplate => ({
  ...row,
  can: { change: inReach && viewer.permissions.includes('sms.manage') },
});

/**
 * Changes to IP phones. Each runs in a transaction of the viewer's scope; `all` sees everything: who is signed in with a phone may work
 * out of sight. The process that serves calls hears of each change and brings Asterisk in line.
 */

import { randomBytes } from 'node:crypto';
import type { Device } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableUnit, reachableUnits } from '../centres/reach.ts';
import type { Caller } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { sendHint } from '../platform/hints.ts';
import { newId } from '../platform/ids.ts';
import type { Vault } from '../platform/vault.ts';
import { deviceInReach } from './queries.ts';

export interface DeviceFacts {
  name: string;
  label: string;
  unitId: string;
  personId: string | null;
}

export interface DeviceEditor {
  trx: Queryable;
  all: Queryable;
  caller: Caller;
  vault: Vault;
}

export const deviceRefusals = {
  unique: () => refusal('TAKEN', '该账号已被占用，请换一个'),
  reference: () => refusal('NOT_FOUND', '所选机构或人员已不存在，请重新选择'),
};

/** What people can type into a phone: no letters that look alike. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
export const devicePassword = (): string =>
  Array.from(randomBytes(20), (byte) => LETTERS[byte % LETTERS.length] ?? '').join('');

export async function createDevice(
  editor: DeviceEditor,
  facts: DeviceFacts,
): Promise<{ device: Device; password: string }> {
  const { trx, vault } = editor;
  await requireUnitAndPerson(editor, facts);
  const [id, password] = [newId(), devicePassword()];
  const password_sealed = vault.seal('sip_password', password);
  await trx
    .insertInto('devices')
    .values({ id, ...columnsOf(facts), password_sealed })
    .execute();
  await sendHint(trx, { topic: 'device', name: facts.name });
  return { device: await shown(editor, id), password };
}

export async function changeDevice(
  editor: DeviceEditor,
  { id, ...facts }: DeviceFacts & { id: string },
): Promise<{ before: Device; after: Device }> {
  const before = await locked(editor, id);
  const renamed = before.name !== facts.name;
  const movedOn = before.unit.id !== facts.unitId || (before.person?.id ?? null) !== facts.personId;
  if (renamed || movedOn) await refuseUsed(editor, id, '修改');
  if (movedOn) await requireUnitAndPerson(editor, facts);
  await editor.trx.updateTable('devices').set(columnsOf(facts)).where('id', '=', id).execute();
  if (renamed) {
    await editor.trx.updateTable('devices').set({ registered: false }).where('id', '=', id).execute();
    for (const name of [before.name, facts.name]) await sendHint(editor.trx, { topic: 'device', name });
  }
  return { before, after: await shown(editor, id) };
}

export async function renewPassword(editor: DeviceEditor, id: string): Promise<{ device: Device; password: string }> {
  const { trx, vault } = editor;
  const { name } = await locked(editor, id);
  await refuseUsed(editor, id, '更换密码');
  const password = devicePassword();
  const password_sealed = vault.seal('sip_password', password);
  await trx.updateTable('devices').set({ password_sealed, registered: false }).where('id', '=', id).execute();
  await sendHint(trx, { topic: 'device', name });
  return { device: await shown(editor, id), password };
}

export async function removeDevice(editor: DeviceEditor, id: string): Promise<Device> {
  const before = await locked(editor, id);
  await refuseUsed(editor, id, '删除');
  await editor.trx.deleteFrom('devices').where('id', '=', id).execute();
  await sendHint(editor.trx, { topic: 'device', name: before.name });
  return before;
}

/** As the audit log tells it. */
export const deviceTold = ({ name, label, unit, person }: Device) => ({
  name,
  label,
  unit: unit.name,
  person: person?.name ?? null,
});

const columnsOf = ({ name, label, unitId, personId }: DeviceFacts) => {
  return { name, label, unit_id: unitId, person_id: personId };
};

async function requireUnitAndPerson({ trx, caller }: DeviceEditor, { unitId, personId }: DeviceFacts): Promise<void> {
  if (!(await reachableUnit(trx, caller, unitId))) throw refusal('NOT_FOUND', '没有找到所选机构');
  if (personId === null) return;
  const { rows } = await sql`select from people
    where id = ${personId} and active and unit_id in (${reachableUnits(caller)})`.execute(trx);
  if (rows.length === 0) throw refusal('NOT_FOUND', '没有找到所选人员');
}

async function refuseUsed({ all }: DeviceEditor, id: string, what: string): Promise<void> {
  const used = await all
    .selectFrom('agent_sessions')
    .select('id')
    .where('device_id', '=', id)
    .where('signed_out_at', 'is', null)
    .executeTakeFirst();
  if (used) throw refusal('IN_USE', `有坐席正用该话机签入，请待其签出后再${what}`);
}

/** Nobody signs in with it until the change is done. */
async function locked(editor: DeviceEditor, id: string): Promise<Device> {
  await editor.trx.selectFrom('devices').select('id').where('id', '=', id).forUpdate().execute();
  return shown(editor, id);
}

async function shown({ trx, caller }: DeviceEditor, id: string): Promise<Device> {
  const device = await deviceInReach(trx, caller, id);
  if (!device) throw refusal('NOT_FOUND');
  return device;
}

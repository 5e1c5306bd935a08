/** Trunks: reading and changing. The process that serves calls hears of each change and brings Asterisk in line (calls/trunks.ts). */
import type { Trunk, TrunkKind } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableUnit, reachableUnits, unitJson } from '../centres/reach.ts';
import type { Caller } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { sendHint } from '../platform/hints.ts';
import { newId } from '../platform/ids.ts';
import type { Vault } from '../platform/vault.ts';

export interface TrunkFacts {
  code: string;
  name: string;
  kind: TrunkKind;
  unitId: string;
  host: string;
  port: number;
  username: string | null;
  password?: string | undefined;
  active: boolean;
}

/** Who changes trunks. `trx` is of the viewer's scope; `all` sees everything: access codes may lie out of sight. */
export interface TrunkEditor {
  trx: Queryable;
  all: Queryable;
  caller: Caller;
  vault: Vault;
}

export const trunkRefusals = {
  unique: () => refusal('TAKEN', '该标识已被占用，请换一个'),
  reference: () => refusal('IN_USE', '仍有接入码经过该中继，请先修改或删除接入码'),
};

const columns = sql`t.id, t.code, t.name, t.kind, ${unitJson('u')} as unit, t.host, t.port, t.username, t.active,
  case when t.active and t.reachable is not null then json_build_object('reachable', t.reachable, 'roundTripMs', t.round_trip_ms,
    'since', t.reachable_since) end as state`;

type Row = Omit<Trunk, 'state'> & {
  state: { reachable: boolean; roundTripMs: number | null; since: string } | null;
};

const shown = ({ state, ...row }: Row): Trunk => ({
  ...row,
  state: state && { ...state, since: new Date(state.since) },
});

export async function listTrunks(db: Queryable, caller: Caller): Promise<Trunk[]> {
  const { rows } = await sql<Row>`select ${columns} from trunks t join units u on u.id = t.unit_id
    where t.unit_id in (${reachableUnits(caller)}) order by t.kind, t.code`.execute(db);
  return rows.map(shown);
}

export async function createTrunk(editor: TrunkEditor, facts: TrunkFacts): Promise<Trunk> {
  const { trx, vault } = editor;
  await requireUnit(editor, facts);
  if (facts.username !== null && facts.password === undefined) throw refusal('REFUSED', '请输入认证密码');
  const id = newId();
  await trx
    .insertInto('trunks')
    .values({
      ...{ id, ...columnsOf(facts), reachable: null, reachable_since: null, round_trip_ms: null },
      password_sealed: sealedPassword(vault, facts),
    })
    .execute();
  await sendHint(trx, { topic: 'trunks' });
  return inReach(editor, id);
}

export async function changeTrunk(
  editor: TrunkEditor,
  { id, ...facts }: TrunkFacts & { id: string },
): Promise<{ before: Trunk; after: Trunk }> {
  const { trx, vault } = editor;
  const before = await locked(editor, id);
  if (before.unit.id !== facts.unitId) await requireUnit(editor, facts);
  if (facts.username !== null && before.username === null && facts.password === undefined)
    throw refusal('REFUSED', '请输入认证密码');
  if (facts.kind !== before.kind || facts.unitId !== before.unit.id) await refuseUsed(editor, id);
  const password =
    facts.username === null || facts.password !== undefined ? { password_sealed: sealedPassword(vault, facts) } : {};
  // Whatever was known of the other side may be another's now.
  const unknown = { reachable: null, reachable_since: null, round_trip_ms: null };
  await trx
    .updateTable('trunks')
    .set({ ...columnsOf(facts), ...password, ...unknown })
    .where('id', '=', id)
    .execute();
  await sendHint(trx, { topic: 'trunks' });
  return { before, after: await inReach(editor, id) };
}

export async function removeTrunk(editor: TrunkEditor, id: string): Promise<Trunk> {
  const before = await locked(editor, id);
  await editor.trx.deleteFrom('trunks').where('id', '=', id).execute();
  await sendHint(editor.trx, { topic: 'trunks' });
  return before;
}

/** As the audit log tells it; of the password only that it was set. */
export const trunkTold = ({ code, name, kind, unit, host, port, username, active }: Trunk) => ({
  ...{ code, name, kind, host, port, username, active },
  unit: unit.name,
});

const columnsOf = ({ code, name, kind, unitId, host, port, username, active }: TrunkFacts) => ({
  ...{ code, name, kind, host, port, username, active },
  unit_id: unitId,
});

const sealedPassword = (vault: Vault, { username, password }: TrunkFacts) =>
  username !== null && password !== undefined ? vault.seal('sip_password', password) : null;

async function requireUnit({ trx, caller }: TrunkEditor, { unitId }: TrunkFacts): Promise<void> {
  if (!(await reachableUnit(trx, caller, unitId))) throw refusal('NOT_FOUND', '没有找到所选机构');
}

/** Access codes belong to the unit of their trunk, and only platforms have any. */
async function refuseUsed({ all }: TrunkEditor, id: string): Promise<void> {
  const code = await all.selectFrom('access_codes').select('id').where('trunk_id', '=', id).executeTakeFirst();
  if (code) throw refusal('IN_USE', '仍有接入码经过该中继，不能改变其类型或机构，请先修改或删除接入码');
}

async function locked(editor: TrunkEditor, id: string): Promise<Trunk> {
  await editor.trx.selectFrom('trunks').select('id').where('id', '=', id).forUpdate().execute();
  return inReach(editor, id);
}

async function inReach({ trx, caller }: TrunkEditor, id: string): Promise<Trunk> {
  const { rows } = await sql<Row>`select ${columns} from trunks t join units u on u.id = t.unit_id
    where t.id = ${id} and t.unit_id in (${reachableUnits(caller)})`.execute(trx);
  if (!rows[0]) throw refusal('NOT_FOUND');
  return shown(rows[0]);
}

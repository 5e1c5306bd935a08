/** Which phones an agent may sign in with. `db` shows the own centre. */
import type { PhoneChoice, Viewer } from '@rexian/contracts';
import { sql } from 'kysely';
import type { SessionPhone } from '../agents/sessions.ts';
import { wayOut } from '../calls/trunk.ts';
import type { Db, Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import type { Vault } from '../platform/vault.ts';

export interface UsableDevice {
  id: string;
  label: string;
  name: string;
  registered: boolean;
  /** Somebody else who is signed in with it. */
  inUseBy: string | null;
}

/** The agent's own IP phones and the free ones of the unit and those above it; own ones first. */
export async function usableDevices(db: Queryable, viewer: Viewer, id?: string): Promise<UsableDevice[]> {
  const { rows } = await sql<UsableDevice>`
    select d.id, d.label, d.name, d.registered, case when s.id is not null then coalesce(p.name, '其他坐席') end as "inUseBy"
    from devices d join units u on u.id = d.unit_id
      left join agent_sessions s on s.device_id = d.id and s.signed_out_at is null and s.person_id <> ${viewer.id}
      left join people p on p.id = s.person_id
    where (d.person_id = ${viewer.id} or (d.person_id is null and u.path @> ${viewer.unit.path}::ltree))
      ${id === undefined ? sql`` : sql`and d.id = ${id}`}
    order by d.person_id is null, d.name limit 500`.execute(db);
  return rows;
}

/** What a choice means for the session; throws when it can't be used. */
export async function chosenPhone(
  { db, system, vault, viewer }: { db: Db; system: Db; vault: Vault; viewer: Viewer },
  choice: PhoneChoice,
  autoAnswer: boolean,
): Promise<SessionPhone> {
  const phone = { phoneKind: choice.kind, deviceId: null, outside: null, confirmKey: false, autoAnswer };
  if (choice.kind === 'sip') {
    const [device] = await usableDevices(db, viewer, choice.deviceId);
    if (!device) throw refusal('NOT_FOUND', '没有找到该话机，请重新选择');
    if (device.inUseBy) throw refusal('WRONG_STATE', `话机${device.label}正由${device.inUseBy}使用，请换一台`);
    return { ...phone, deviceId: device.id };
  }
  if (choice.kind === 'outside') {
    if (!(await wayOut(system))) throw refusal('WRONG_STATE', '未配置外呼中继，不能用外线电话签入');
    return { ...phone, outside: vault.seal('number', choice.number), confirmKey: choice.confirmKey };
  }
  return phone;
}

/** Two agents chose the same phone in the same moment: the other one was first. */
export const isPhoneTaken = (error: unknown): boolean =>
  error instanceof Error && 'constraint' in error && error.constraint === 'agent_sessions_one_device';

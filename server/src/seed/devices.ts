/** The demo's IP phones: one for each agent and leader, `sip-1001` for 1001, all with the password of the demo. */
import type { Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { Vault } from '../platform/vault.ts';

export interface SeedDevice {
  unitId: string;
  /** null: anyone's of the unit. */
  personId: string | null;
  name: string;
  label: string;
  password: string;
}

export const deviceNameOf = (login: string): string => `sip-${login}`;

export async function addDevices(db: Queryable, vault: Vault, devices: readonly SeedDevice[]): Promise<void> {
  if (devices.length === 0) return;
  const rows = devices.map(({ unitId, personId, name, label, password }) => ({
    id: newId(),
    unit_id: unitId,
    person_id: personId,
    ...{ name, label },
    password_sealed: vault.seal('sip_password', password),
  }));
  await db.insertInto('devices').values(rows).execute();
}

/** A phone for everybody who works at a desk. */
export async function seedDevices(db: Queryable, vault: Vault, password: string): Promise<void> {
  const agents = await db
    .selectFrom('people as p')
    .innerJoin('person_roles as pr', 'pr.person_id', 'p.id')
    .innerJoin('roles as r', 'r.id', 'pr.role_id')
    .select(['p.id', 'p.login', 'p.unit_id'])
    .where('r.code', 'in', ['agent', 'leader'])
    .orderBy('p.login')
    .distinct()
    .execute();
  await addDevices(
    db,
    vault,
    agents.map(({ id, login, unit_id }) => ({
      unitId: unit_id,
      personId: id,
      name: deviceNameOf(login),
      label: `${login}号话机`,
      password,
    })),
  );
}

/** Writes people that a file brings in, by the engine's role: new passwords belong to the same act. */
import { hash } from '@node-rs/argon2';
import { sql } from 'kysely';
import { endWebSessions } from '../auth/sessions.ts';
import type { PersonRow } from '../centres/people/queries.ts';
import { subjectOf, told } from '../centres/people/told.ts';
import { difference } from '../platform/audit.ts';
import { sendHint } from '../platform/hints.ts';
import type { Importing } from './kind.ts';
import type { Line } from './people-lines.ts';
import type { Changes } from './people-rules.ts';

/**
 * A random password of sixty bits needs no slow hash to be beyond guessing, and it is changed at the first sign-in, to one that is hashed
 * slowly. So hundreds of people come in within a second.
 */
const TEMPORARY = { memoryCost: 1024, timeCost: 1, parallelism: 1 };

export async function writePeople(work: Importing, changes: ReadonlyMap<Line, Changes>): Promise<Map<string, string>> {
  const { trx } = work;
  const known = [...changes.keys()].filter(({ before }) => before !== null);
  const freed = known.filter(({ before, agentNumber }) => before?.row.agentNumber !== agentNumber).map(({ id }) => id);
  // First all numbers are given up, then taken: two may have exchanged theirs.
  await sql`update people set agent_number = null where id = any(${freed}::uuid[])`.execute(trx);
  const passwords = new Map<string, string>();
  for (const [line, change] of changes) {
    if (line.before) await changeKnown(work, line, change);
    else passwords.set(line.login, await create(work, line));
    if (change.grant) await writeRoles(work, line);
    await tell(work, line);
  }
  return passwords;
}

const columnsOf = ({ unit, name, agentNumber, active, scope, entitled }: Line) => {
  return { unit_id: unit.id, name, agent_number: agentNumber, active, scope, entitled };
};

async function create({ trx, temporaryPassword }: Importing, line: Line): Promise<string> {
  const { id, login } = line;
  const password = temporaryPassword();
  await trx
    .insertInto('people')
    .values({ id, login, ...columnsOf(line) })
    .execute();
  const password_hash = await hash(password, TEMPORARY);
  await trx.insertInto('credentials').values({ person_id: id, password_hash, must_change: true }).execute();
  return password;
}

async function changeKnown({ trx }: Importing, line: Line, { grant }: Changes): Promise<void> {
  const { id, active, before } = line;
  await trx.updateTable('people').set(columnsOf(line)).where('id', '=', id).execute();
  if (!active) await endWebSessions(trx, { personId: id });
  const rights = grant || before?.row.active !== active || before.row.unit.id !== line.unit.id;
  if (rights) await sendHint(trx, { topic: 'viewer', personId: id });
}

async function writeRoles({ trx }: Importing, { id, roles }: Line): Promise<void> {
  await trx.deleteFrom('person_roles').where('person_id', '=', id).execute();
  const rows = roles.map((role) => ({ person_id: id, role_id: role.id }));
  if (rows.length > 0) await trx.insertInto('person_roles').values(rows).execute();
}

/** One entry for the person, one for what was granted. */
async function tell({ trx, audit, by }: Importing, line: Line): Promise<void> {
  const { id, login, name, agentNumber, active, unit, before } = line;
  const facts = { name, agentNumber, active, unit: { id: unit.id, name: unit.name, path: unit.path } };
  const start: PersonRow = before?.row ?? { id, login, ...facts, scope: 'own', entitled: [], roles: [] };
  const known: PersonRow = { ...start, ...facts };
  const held = new Map(start.roles.map((role) => [role.id, role]));
  const roles = line.roles.map((role) => held.get(role.id) ?? { id: role.id, code: null, name: role.name });
  const hidden = new Set(before?.holder.roles.filter((role) => !held.has(role.id)).map((role) => role.id));
  const shown = roles.filter((role) => !hidden.has(role.id)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const sorted = { ...known, roles: known.roles.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
  const granted: PersonRow = { ...known, roles: shown, scope: line.scope, entitled: line.entitled };
  const subject = subjectOf(known);
  const tale = (row: PersonRow) => told(by.tree, row);
  if (!before)
    await audit({ action: 'created', ...subject, after: { login, name, agentNumber, unit: unit.path } }, trx);
  const changed = before && difference(tale(start), tale(known));
  if (changed) await audit({ action: 'changed', ...subject, ...changed }, trx);
  const assigned = difference(tale(sorted), tale(granted));
  if (assigned) await audit({ action: 'roles_assigned', ...subject, ...assigned }, trx);
}

/** Writes people that a file brings in, by the engine's role: new passwords belong to the same act. */
import { hash } from '@node-rs/argon2';
import { sql } from 'kysely';
import type { PersonRow } from '../centres/people/queries.ts';
import { subjectOf, told } from '../centres/people/told.ts';
import { difference } from '../platform/audit.ts';
import type { Importing } from './kind.ts';
import type { Line } from './people-lines.ts';
import type { Changes } from './people-rules.ts';

/**
 * A random password of sixty bits needs no slow hash to be beyond guessing, and it is changed at the first sign-in, to one that is hashed
 * slowly. So thousands of people come in within seconds.
 */
const TEMPORARY = { memoryCost: 1024, timeCost: 1, parallelism: 1 };

/** Answers the passwords of new people, by login. One statement for all: a file may hold thousands. */
export async function writePeople(work: Importing, changes: ReadonlyMap<Line, Changes>): Promise<Map<string, string>> {
  const lines = [...changes.keys()];
  const known = lines.filter(({ before }) => before !== null);
  const made = lines.filter(({ before }) => before === null);
  await giveUpNumbers(work, known);
  const passwords = await create(work, made);
  await changeKnown(work, known);
  const granted = lines.filter((line) => changes.get(line)?.grant);
  await writeRoles(work, granted);
  await tellSessions(work, known, new Set(granted));
  for (const line of lines) tell(work, line);
  return passwords;
}

const idsOf = (lines: readonly Line[]): string[] => lines.map(({ id }) => id);

/** The lines as a table `n`. */
const asTable = (lines: readonly Line[]) => {
  const rows = lines.map(({ id, login, unit, name, agentNumber, active, scope, entitled }) => {
    return { id, login, unit_id: unit.id, name, agent_number: agentNumber, active, scope, entitled };
  });
  return sql`json_to_recordset(${JSON.stringify(rows)}) as n(id uuid, login text, unit_id uuid, name text,
    agent_number text, active boolean, scope text, entitled uuid[])`;
};

/** Before anybody takes one: two may have exchanged theirs. */
async function giveUpNumbers({ trx }: Importing, known: readonly Line[]): Promise<void> {
  const freed = known.filter(({ before, agentNumber }) => before?.row.agentNumber !== agentNumber);
  await sql`update people set agent_number = null where id = any(${idsOf(freed)}::uuid[])`.execute(trx);
}

async function create({ trx, temporaryPassword }: Importing, lines: readonly Line[]): Promise<Map<string, string>> {
  await sql`insert into people (id, login, unit_id, name, agent_number, active, scope, entitled)
    select id, login, unit_id, name, agent_number, active, scope, entitled from ${asTable(lines)}`.execute(trx);
  const passwords = lines.map(() => temporaryPassword());
  const hashes = await Promise.all(passwords.map((password) => hash(password, TEMPORARY)));
  await sql`insert into credentials (person_id, password_hash, must_change)
    select id, hash, true from unnest(${idsOf(lines)}::uuid[], ${hashes}::text[]) as n(id, hash)`.execute(trx);
  return new Map(lines.map(({ login }, at) => [login, passwords[at] ?? '']));
}

async function changeKnown({ trx }: Importing, lines: readonly Line[]): Promise<void> {
  await sql`update people p set unit_id = n.unit_id, name = n.name, agent_number = n.agent_number, active = n.active,
      scope = n.scope, entitled = n.entitled from ${asTable(lines)} where p.id = n.id`.execute(trx);
}

async function writeRoles({ trx }: Importing, lines: readonly Line[]): Promise<void> {
  await sql`delete from person_roles where person_id = any(${idsOf(lines)}::uuid[])`.execute(trx);
  const rows = lines.flatMap(({ id, roles }) => roles.map((role) => ({ person_id: id, role_id: role.id })));
  await sql`insert into person_roles select person_id, role_id
    from json_to_recordset(${JSON.stringify(rows)}) as n(person_id uuid, role_id uuid)`.execute(trx);
}

/** Who is no longer active is signed out; whose rights changed asks again what they are. */
async function tellSessions({ trx }: Importing, known: readonly Line[], granted: ReadonlySet<Line>): Promise<void> {
  const stopped = known.filter(({ active }) => !active);
  await sql`update web_sessions set ended_at = now()
    where ended_at is null and person_id = any(${idsOf(stopped)}::uuid[])`.execute(trx);
  const renewed = known.filter(
    (line) => granted.has(line) || line.before?.row.active !== line.active || line.before.row.unit.id !== line.unit.id,
  );
  await sql`select pg_notify('rexian', json_build_object('topic', 'viewer', 'personId', id)::text)
    from unnest(${idsOf(renewed)}::uuid[]) id`.execute(trx);
}

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

/** One entry for the person, one for what was granted. Roles that the viewer can't see are in neither. */
function tell({ entries, by }: Importing, line: Line): void {
  const { id, login, name, agentNumber, active, unit, before } = line;
  const facts = { name, agentNumber, active, unit: { id: unit.id, name: unit.name, path: unit.path } };
  const start: PersonRow = before?.row ?? { id, login, ...facts, scope: 'own', entitled: [], roles: [] };
  const seen = new Set(start.roles.map((role) => role.id));
  const hidden = new Set(before?.holder.roles.filter((role) => !seen.has(role.id)).map((role) => role.id));
  const roles = line.roles.filter((role) => !hidden.has(role.id)).map((role) => ({ ...role, code: null }));
  const known: PersonRow = { ...start, ...facts, roles: start.roles.toSorted(byName) };
  const granted: PersonRow = { ...known, roles: roles.toSorted(byName), scope: line.scope, entitled: line.entitled };
  const of = subjectOf(known);
  const changed = before && difference(told(by.tree, { ...start, roles: known.roles }), told(by.tree, known));
  if (!before) entries.push({ action: 'created', ...of, after: { login, name, agentNumber, unit: unit.path } });
  if (changed) entries.push({ action: 'changed', ...of, ...changed });
  const assigned = difference(told(by.tree, known), told(by.tree, granted));
  if (assigned) entries.push({ action: 'roles_assigned', ...of, ...assigned });
}

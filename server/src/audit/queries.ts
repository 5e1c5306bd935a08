/** Reading the audit log: newest first, for auditors. The chain's ids are the order of time. */
import type { AuditEntry, AuditFilter } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import type { Caller } from '../platform/api.ts';
import type { Db } from '../platform/db.ts';

interface Reader {
  db: Db;
  caller: Caller;
}

type Row = Omit<AuditEntry, 'actor' | 'subject' | 'unit'> & {
  actorKind: NonNullable<AuditEntry['actor']>['kind'] | null;
  actorLogin: string | null;
  actorName: string | null;
  subjectKind: AuditEntry['subject']['kind'];
  subjectId: string | null;
  subjectName: string;
  unit: AuditEntry['unit'];
};

export async function listAudit(
  { db, caller }: Reader,
  filter: AuditFilter & { cursor?: string | undefined; limit: number },
): Promise<{ rows: AuditEntry[]; nextCursor: string | null }> {
  const where = sql.join([scopeOf(caller), ...conditions(filter)], sql` and `);
  const result = await sql<Row>`
    select a.id, a.at, a.action, a.actor_kind as "actorKind", a.actor_login as "actorLogin", a.actor_name as "actorName",
      a.address, a.subject_kind as "subjectKind", a.subject_id as "subjectId", a.subject_name as "subjectName",
      case when u.id is not null then json_build_object('id', u.id, 'name', u.name, 'path', u.path::text) end as unit,
      a.before, a.after
    from audit_log a left join units u on u.id = a.unit_id
    where ${where} order by a.id desc limit ${filter.limit + 1}`.execute(db);
  const rows = result.rows.slice(0, filter.limit).map(toEntry);
  return { rows, nextCursor: result.rows.length > filter.limit ? String(rows.at(-1)?.id) : null };
}

function toEntry({ actorKind, actorLogin, actorName, subjectKind, subjectId, subjectName, ...row }: Row): AuditEntry {
  const actor = actorKind === null ? null : { kind: actorKind, login: actorLogin ?? '', name: actorName ?? '' };
  return { ...row, actor, subject: { kind: subjectKind, id: subjectId, name: subjectName } };
}

/** Entries of the units in reach; those of no unit (an unknown log-in) or of one that is gone for who sees everything. */
function scopeOf({ scope }: Caller): RawBuilder<unknown> {
  if (scope.everything) return sql`true`;
  return sql`a.unit_id in (select id from units where path ? ${scope.patterns as string[]}::lquery[])`;
}

function conditions(filter: AuditFilter & { cursor?: string | undefined }): RawBuilder<unknown>[] {
  const list: RawBuilder<unknown>[] = [];
  const { from, to, actions, subjects, actor, address, subject, cursor } = filter;
  if (from) list.push(sql`a.at >= ${from}`);
  if (to) list.push(sql`a.at < ${to}`);
  if (actions?.length) list.push(sql`a.action = any(${actions as string[]})`);
  if (subjects?.length) list.push(sql`a.subject_kind = any(${subjects as string[]})`);
  if (actor) list.push(sql`(a.actor_login ilike ${like(actor)} or a.actor_name ilike ${like(actor)})`);
  if (address) list.push(sql`a.address = ${address}`);
  if (subject) list.push(sql`(a.subject_id = ${subject} or a.subject_name ilike ${like(subject)})`);
  if (cursor) list.push(sql`a.id < ${Number(cursor)}`);
  return list;
}

/** `%` and `_` typed by people mean themselves. */
const like = (text: string) => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

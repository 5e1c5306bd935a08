/** Who is told of an article, in the console. */
import { type NoticeKind, noticeKind, type Permission, type UnitRef } from '@rexian/contracts';
import { sql } from 'kysely';
import { notify } from '../notices/notices.ts';
import type { Queryable } from '../platform/db.ts';

/** Nobody reads a notice that a whole province got. */
const MOST = 50;

/** Holders of a permission in the unit, or in the nearest one above that has any, without `except`. `all` sees everything. */
export async function nearestHolders(
  all: Queryable,
  { path }: Pick<UnitRef, 'path'>,
  permission: Permission,
  except: readonly string[] = [],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`with holders as (
      select p.id, nlevel(u.path) as near from people p join units u on u.id = p.unit_id
      where p.active and u.path @> ${path}::ltree and not p.id = any(${except as string[]}::uuid[]) and exists (
        select from person_roles pr join roles r on r.id = pr.role_id where pr.person_id = p.id and ${permission} = any(r.permissions)))
    select id from holders where near = (select max(near) from holders) order by id limit ${MOST}`.execute(all);
  return rows.map(({ id }) => id);
}

/** `about`: what is said after the title. */
export function tell(
  trx: Queryable,
  article: { id: string; title: string },
  { to, kind, about }: { to: readonly string[]; kind: NoticeKind; about: string },
): Promise<void> {
  const title = `${noticeKind.labels[kind]}：${article.title}${about ? ` ${about}` : ''}`;
  const told = [...new Set(to)].map((personId) => ({ personId, kind, title, link: `/knowledge/${article.id}` }));
  return notify(trx, told);
}

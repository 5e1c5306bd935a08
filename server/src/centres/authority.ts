/** Who changes units, people and roles, and how far they reach, as it stands at the moment of the change. */
import type { Permission } from '@rexian/contracts';
import { sql, type Transaction } from 'kysely';
import type { Caller } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import type { Database } from '../platform/schema.ts';
import type { Reach, ReachOf, TreeUnit, UnitTree } from './tree.ts';

export interface Authority {
  personId: string;
  permissions: ReadonlySet<Permission>;
  tree: UnitTree;
  of: ReachOf;
  /** What the viewer has narrowed the view to: what may be found and changed. */
  reach: Reach;
  /** All of it: how much may be handed on. Looking at one centre makes nobody smaller. */
  whole: Reach;
}

/** Any number. Changes to who may do what where come one after the other, so that each is judged by what the one before left. */
const LOCK = 4_837_123_367;

export async function lockAuthority(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK})`.execute(trx);
}

/** `db` sees the viewer's own row. Partners' keys hold no permission to change any of this. */
export async function authorityOf(db: Queryable, caller: Caller, tree: UnitTree): Promise<Authority> {
  const { viewer } = caller;
  if (viewer.kind !== 'person') throw refusal('FORBIDDEN');
  const self = await db
    .selectFrom('people')
    .select(['unit_id', 'scope', 'entitled'])
    .where('id', '=', viewer.id)
    .where('active', '=', true)
    .executeTakeFirst();
  if (!self) throw refusal('UNAUTHORIZED');
  const of: ReachOf = {
    scope: self.scope,
    homeId: self.unit_id,
    entitledIds: self.entitled,
    chosenCentreId: viewer.chosenCentre?.id ?? null,
  };
  return {
    personId: viewer.id,
    permissions: new Set(viewer.permissions),
    tree,
    of,
    reach: tree.reach(of),
    whole: tree.reach({ ...of, chosenCentreId: null }),
  };
}

/** The unit when it lies in reach; foreign ones don't exist. */
export function reachedUnit({ tree, reach }: Pick<Authority, 'tree' | 'reach'>, id: string): TreeUnit {
  const unit = reach.unitIds.has(id) ? tree.unit(id) : undefined;
  if (!unit) throw refusal('NOT_FOUND');
  return unit;
}

/**
 * Which contacts a viewer may see: those of the units in reach, or only the own ones. Queries say it themselves, for the planner's sake;
 * the database stands behind it with row-level security.
 */
import type { Viewer } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import type { Caller } from '../platform/api.ts';
import type { Db } from '../platform/db.ts';
import type { Vault } from '../platform/vault.ts';

/** Who reads the ledger, and through what. `db` is of the viewer's scope. */
export interface LedgerReader {
  db: Db;
  vault: Vault;
  caller: Caller;
}

/** Only what the viewer handled. */
export const ownOnly = (viewer: Viewer): boolean => !viewer.permissions.includes('contacts.read');

/** Ids of the units in reach, as rows. */
export const unitsInReach = ({ unitIds }: Caller): RawBuilder<unknown> =>
  sql`select unnest(${unitIds as string[]}::uuid[]) as id`;

/** The same as an array: for `unit_id = any(…)`, where the planner looks up how common each one is. */
export const unitsOf = ({ unitIds }: Caller): RawBuilder<string[]> => sql<string[]>`${unitIds as string[]}::uuid[]`;

/** Condition on contacts `c`. */
export function contactScope(caller: Caller): RawBuilder<boolean> {
  const { viewer } = caller;
  if (ownOnly(viewer))
    return sql<boolean>`exists (select from contact_legs own where own.contact_id = c.id and own.person_id = ${viewer.id})`;
  return sql<boolean>`c.unit_id = any(${unitsOf(caller)})`;
}

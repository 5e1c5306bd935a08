/** Which contacts a viewer may see: their unit and below, or only their own. The predicate is literal, for the planner's sake. */
import type { Viewer } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';

export function contactScope(viewer: Viewer): RawBuilder<boolean> {
  if (viewer.permissions.includes('contacts.read')) return sql<boolean>`c.unit_path <@ ${viewer.unit.path}::ltree`;
  return sql<boolean>`exists (select from contact_legs own where own.contact_id = c.id and own.person_id = ${viewer.id})`;
}

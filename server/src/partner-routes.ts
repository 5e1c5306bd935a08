/** Which routes of the contract partners' keys may call: served as REST and described at /api/docs. */
import { type Permission, partnerPermissions, type RouteMeta } from '@rexian/contracts';

/** Permissions that a key may hold for this route; null: none opens it. */
export function keyPermissions({ access, by }: Partial<RouteMeta>): Permission[] | null {
  if (by !== 'anyone' || typeof access !== 'object' || access === null) return null;
  const held = access.filter((permission) => (partnerPermissions as readonly Permission[]).includes(permission));
  return held.length > 0 ? held : null;
}

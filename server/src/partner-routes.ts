/** Which routes of the contract are served as REST and described at /api/docs: those that partners' keys may call, and those for anybody. */
import { type Permission, partnerPermissions, type RouteMeta } from '@rexian/contracts';

/** Permissions that a key may hold for this route; null: none opens it. */
export function keyPermissions({ access, by }: Partial<RouteMeta>): Permission[] | null {
  if (by !== 'anyone' || typeof access !== 'object' || access === null) return null;
  const held = access.filter((permission) => (partnerPermissions as readonly Permission[]).includes(permission));
  return held.length > 0 ? held : null;
}

/** Below it: what anybody may ask for without a key. */
export const PUBLIC_REST = '/public/';

export const isPublicRest = ({ meta, route }: { meta: Partial<RouteMeta>; route: { path?: string } }): boolean =>
  meta.access === 'public' && route.path?.startsWith(PUBLIC_REST) === true;

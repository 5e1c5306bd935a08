/** What the built-in roles may do. */
import type { Permission, Role } from '@rexian/contracts';

const granted: Record<Role, readonly Permission[]> = {
  agent: ['desk.use', 'contacts.read_own', 'recordings.play'],
  leader: ['desk.use', 'contacts.read_own', 'contacts.read', 'recordings.play', 'recordings.download', 'monitor.read'],
  admin: ['contacts.read', 'recordings.play', 'recordings.download', 'monitor.read', 'audit.read'],
};

export function permissionsOf(roles: readonly Role[]): Permission[] {
  return [...new Set(roles.flatMap((role) => granted[role]))];
}

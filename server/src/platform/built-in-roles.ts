/**
 * What the built-in roles may do. 三权分立: who runs the system, who hands out rights and who audits can be three people, and nobody is
 * auditor and one of the others at once (auth/role-rules.ts).
 */
import type { BuiltInRole, Permission } from '@rexian/contracts';

export const builtInPermissions: Record<BuiltInRole, Permission[]> = {
  system_admin: [
    'settings.read',
    'units.manage',
    'people.manage',
    'numbers.manage',
    'lists.manage',
    'calendars.manage',
    'queues.manage',
    'phones.manage',
    'trunks.manage',
  ],
  security_admin: ['settings.read', 'people.assign_roles', 'roles.manage', 'security.manage', 'keys.manage'],
  auditor: ['audit.read'],
  centre_admin: [
    'settings.read',
    'units.manage',
    'people.manage',
    'people.assign_roles',
    'numbers.manage',
    'lists.manage',
    'calendars.manage',
    'contacts.read',
    'contacts.export',
    'recordings.play',
    'recordings.download',
    'personal.reveal',
    'monitor.read',
    'lost_calls.read',
    'lost_calls.manage',
    'queues.manage',
    'phones.manage',
  ],
  leader: [
    'desk.use',
    'contacts.read_own',
    'contacts.read',
    'contacts.export',
    'recordings.play',
    'recordings.download',
    'personal.reveal',
    'monitor.read',
    'monitor.supervise',
    'calls.dial',
    'calls.transfer_centre',
    'lost_calls.read',
    'lost_calls.manage',
    'settings.read',
    'lists.manage',
    'queues.staff',
  ],
  agent: ['desk.use', 'contacts.read_own', 'recordings.play', 'calls.dial', 'calls.transfer_centre'],
  inspector: ['contacts.read', 'recordings.play'],
  // Their work comes with the knowledge base and the work orders.
  knowledge_editor: ['settings.read'],
  handler: ['settings.read'],
  analyst: ['contacts.read', 'contacts.export', 'monitor.read', 'settings.read'],
};

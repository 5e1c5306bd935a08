/**
 * Who may hand which rights to whom, as pure rules. What they keep: nobody makes themselves or others more than they may hand on, nobody
 * becomes somebody mightier through that one's password, and who audits is none of those audited (三权分立).
 */
import { type Permission, permission, protectedPermissions } from '@rexian/contracts';

export interface HeldRole {
  id: string;
  name: string;
  permissions: readonly Permission[];
}

/** Whoever acts: what they may do, and the units they reach in all. */
export interface Granter {
  id: string;
  permissions: ReadonlySet<Permission>;
  unitIds: ReadonlySet<string>;
}

/** Whom it concerns: what they hold and reach. */
export interface Holder {
  id: string;
  roles: readonly HeldRole[];
  unitIds: ReadonlySet<string>;
}

/** What an auditor looks at: whoever holds one of these is audited. */
const AUDITED: readonly Permission[] = [
  'units.manage',
  'people.manage',
  'people.assign_roles',
  'numbers.manage',
  'roles.manage',
  'security.manage',
  'keys.manage',
];

const isProtected = (each: Permission) => protectedPermissions.includes(each);
const all = (roles: readonly HeldRole[]) => roles.flatMap(({ permissions }) => permissions);
const within = (some: ReadonlySet<string>, whole: ReadonlySet<string>) => [...some].every((id) => whole.has(id));

/** Why the granter may not change this person, reset the password or sign them out; null when they may. */
export function personRefusal(granter: Granter, holder: Holder): string | null {
  const held = all(holder.roles).find(isProtected);
  if (held && !granter.permissions.has('roles.manage'))
    return `对方持有“${permission.labels[held]}”权限，只能由持有“管理角色”权限的人员操作`;
  if (!within(holder.unitIds, granter.unitIds)) return '对方的数据范围超出您的数据范围，请由上级机构的管理员操作';
  return null;
}

/** Why a person may not come to hold these roles and this reach; null when they may. `after.unitIds`: what they would reach. */
export function grantRefusal(granter: Granter, before: Holder, after: Omit<Holder, 'id'>): string | null {
  if (granter.id === before.id) return '不能修改自己的角色和数据范围，请由其他管理员操作';
  return personRefusal(granter, before) ?? reachRefusal(granter, after.unitIds) ?? rolesRefusal(granter, after.roles);
}

export const reachRefusal = (granter: Granter, unitIds: ReadonlySet<string>): string | null =>
  within(unitIds, granter.unitIds) ? null : '不能授予超出您本人的数据范围';

/** Whether these roles may be handed on by the granter, and held together. */
export function rolesRefusal(granter: Pick<Granter, 'permissions'>, roles: readonly HeldRole[]): string | null {
  const role = roles.find((each) => !mayHandOn(granter, each.permissions));
  if (role) return `角色“${role.name}”含受保护的权限，只能由持有“管理角色”权限的人员授予`;
  return separationRefusal(all(roles));
}

export const mayHandOn = (granter: Pick<Granter, 'permissions'>, permissions: readonly Permission[]): boolean =>
  granter.permissions.has('roles.manage') || !permissions.some(isProtected);

/** 三权分立: why these permissions may not be in one hand. */
export function separationRefusal(permissions: readonly Permission[]): string | null {
  if (!permissions.includes('audit.read')) return null;
  const audited = AUDITED.find((each) => permissions.includes(each));
  if (!audited) return null;
  return `三权分立：能查看审计日志的人不能同时拥有“${permission.labels[audited]}”权限，否则就是自己审计自己（安全审计员不能兼任系统管理员、安全管理员、中心管理员）`;
}

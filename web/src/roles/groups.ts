import { type Permission, permission } from '@rexian/contracts';

type Group = '通话' | '工单' | '知识库' | '个人信息' | '中心配置' | '安全';

/** Under which heading each permission stands: a new one can't be forgotten. */
const groupOf: Record<Permission, Group> = {
  'desk.use': '通话',
  'contacts.read_own': '通话',
  'contacts.read': '通话',
  'contacts.export': '通话',
  'recordings.play': '通话',
  'recordings.download': '通话',
  'calls.dial': '通话',
  'calls.transfer_centre': '通话',
  'lost_calls.read': '通话',
  'lost_calls.manage': '通话',
  'work_orders.read': '工单',
  'work_orders.register': '工单',
  'work_orders.handle': '工单',
  'work_orders.dispatch': '工单',
  'work_orders.complaints': '工单',
  'work_orders.reports': '工单',
  'work_orders.review': '工单',
  'work_orders.return_visits': '工单',
  'work_orders.supervise': '工单',
  'work_orders.manage': '工单',
  'work_orders.export': '工单',
  'work_orders.exchange': '工单',
  'knowledge.read': '知识库',
  'knowledge.edit': '知识库',
  'knowledge.review': '知识库',
  'knowledge.manage': '知识库',
  'sms.read': '通话',
  'sms.send': '通话',
  'sms.manage': '通话',
  'sms.report': '通话',
  'taxpayers.read': '个人信息',
  'monitor.read': '通话',
  'monitor.supervise': '通话',
  'personal.reveal': '个人信息',
  'personal.export': '个人信息',
  'settings.read': '中心配置',
  'units.manage': '中心配置',
  'people.manage': '中心配置',
  'people.assign_roles': '中心配置',
  'numbers.manage': '中心配置',
  'lists.manage': '中心配置',
  'calendars.manage': '中心配置',
  'flows.manage': '中心配置',
  'workflows.manage': '中心配置',
  'categories.manage': '中心配置',
  'taxpayers.manage': '中心配置',
  'prompts.manage': '中心配置',
  'queues.manage': '中心配置',
  'queues.staff': '中心配置',
  'phones.manage': '中心配置',
  'trunks.manage': '中心配置',
  'partners.manage': '安全',
  'roles.manage': '安全',
  'security.manage': '安全',
  'keys.manage': '安全',
  'audit.read': '安全',
};

export interface PermissionGroup {
  name: Group;
  permissions: Permission[];
}

const names: Group[] = ['通话', '工单', '知识库', '个人信息', '中心配置', '安全'];

/** All permissions, heading by heading, in the order of the contract. */
export const permissionGroups: PermissionGroup[] = names.map((name) => ({
  name,
  permissions: permission.values.filter((each) => groupOf[each] === name),
}));

/** The headings under which a role holds something. */
export function heldGroups(held: readonly Permission[]): PermissionGroup[] {
  return permissionGroups
    .map((group) => ({ ...group, permissions: group.permissions.filter((each) => held.includes(each)) }))
    .filter(({ permissions }) => permissions.length > 0);
}

/** In the order of the contract, as words: what a role may do at a glance. */
export function permissionWords(held: readonly Permission[]): string {
  return permission.values
    .filter((each) => held.includes(each))
    .map((each) => permission.labels[each])
    .join('、');
}

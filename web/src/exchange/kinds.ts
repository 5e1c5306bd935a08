import type { ExchangeKind, Permission } from '@rexian/contracts';

/** What each kind is called, who may bring it in, and how its rows find what exists already. */
export const kinds: Record<ExchangeKind, { name: string; permission: Permission; matching: string }> = {
  units: { name: '机构', permission: 'units.manage', matching: '按上级和编码' },
  people: { name: '人员', permission: 'people.manage', matching: '按工号' },
  numbers: { name: '服务号码', permission: 'numbers.manage', matching: '按号码' },
  regions: { name: '号段归属地', permission: 'queues.manage', matching: '按号段' },
};

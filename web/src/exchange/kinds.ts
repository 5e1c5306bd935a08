import type { ImportKind, Permission } from '@rexian/contracts';

const changing = (by: string) => `也可以把导出的文件改好后再导入。${by}对应：已有的修改，没有的新增，不会删除。`;

/** What each kind is called, who may bring it in, and what becomes of its rows. */
export const kinds: Record<ImportKind, { name: string; permission: Permission; rows: string }> = {
  units: { name: '机构', permission: 'units.manage', rows: changing('按上级和编码') },
  people: { name: '人员', permission: 'people.manage', rows: changing('按工号') },
  numbers: { name: '服务号码', permission: 'numbers.manage', rows: changing('按号码') },
  orders: {
    name: '工单',
    permission: 'work_orders.register',
    rows: '每行登记为一件新工单，来文编号已登记过的行不能导入。',
  },
  categories: { name: '业务类别', permission: 'categories.manage', rows: changing('按机构和类别路径') },
  regions: { name: '号段归属地', permission: 'queues.manage', rows: changing('按号段') },
};

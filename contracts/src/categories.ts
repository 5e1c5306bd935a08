/**
 * 业务类别: what calls and work orders are about. A tree of each unit's own rows; those of the units above are handed down, and own ones may
 * stand below them. Rows that are not in use any more stay on what was filed under them.
 */
import { z } from 'zod';
import { errorCodes, id, requiredText, unitRef } from './common.ts';
import { route } from './route.ts';
import { workOrderKind, workOrderUrgency } from './states/orders.ts';

/** Storeys of the tree. */
export const CATEGORY_DEPTH = 5;
export const categoryName = requiredText(30, '请输入类别名称').regex(/^[^/]*$/, '名称不能包含“/”');
/** What other systems know it by; of each unit's own. */
export const categoryCode = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9._-]{1,20}$/, '编码为 1 到 20 位字母、数字或 . _ -');

const facts = {
  name: z.string(),
  code: z.string().nullable(),
  /** What an order of this category begins as; null: chosen each time. */
  orderKind: workOrderKind.schema.nullable(),
  urgency: workOrderUrgency.schema.nullable(),
};

/** As it is chosen. Only those without any below them are: figures are kept by them. */
export const category = z.object({
  id,
  parentId: id.nullable(),
  ...facts,
  /** In use, and everything above it as well. */
  active: z.boolean(),
});
export type Category = z.infer<typeof category>;

/** As it is managed. */
export const managedCategory = z.object({
  id,
  parentId: id.nullable(),
  unit: unitRef,
  ...facts,
  /** Its own switch: what stands below goes out of use with it. */
  active: z.boolean(),
  can: z.object({ change: z.boolean() }),
});
export type ManagedCategory = z.infer<typeof managedCategory>;

const written = {
  name: categoryName,
  code: categoryCode.nullable(),
  orderKind: workOrderKind.schema.nullable(),
  urgency: workOrderUrgency.schema.nullable(),
};
const tag = 'categories';
const { NOT_FOUND, TAKEN, REFUSED } = errorCodes;
const manage = ['categories.manage'] as const;

export const categories = {
  /** The unit's own and those of the units above it, parents before children, in their order. */
  list: route(['settings.read'], { method: 'GET', path: '/categories', summary: '业务类别', tag })
    .errors({ NOT_FOUND })
    .input(z.object({ unitId: id }))
    .output(z.array(managedCategory)),
  /** It goes last among its siblings. `parentId`: of the unit or of one above. */
  create: route(manage, { method: 'POST', path: '/categories', summary: '新增业务类别', tag })
    .errors({ NOT_FOUND, TAKEN, REFUSED })
    .input(z.object({ unitId: id, parentId: id.nullable(), ...written }))
    .output(managedCategory),
  change: route(manage, { method: 'PATCH', path: '/categories/{id}', summary: '修改业务类别', tag })
    .errors({ NOT_FOUND, TAKEN })
    .input(z.object({ id, ...written, active: z.boolean() }))
    .output(managedCategory),
  /** With everything below it. `before`: the sibling of the same unit that it goes in front of; null: last. */
  move: route(manage, { method: 'POST', path: '/categories/{id}/move', summary: '移动业务类别', tag })
    .errors({ NOT_FOUND, TAKEN, REFUSED })
    .input(z.object({ id, parentId: id.nullable(), before: id.nullable() }))
    .output(managedCategory),
};

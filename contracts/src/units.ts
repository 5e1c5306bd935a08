import { z } from 'zod';
import { errorCodes, id, requiredText, unitPath } from './common.ts';
import { route } from './route.ts';
import { knowledgeWriters, unitKind } from './states/people.ts';

/** The last part of a unit's path: how it is named in files and addresses. */
export const unitCode = z.string().regex(/^[a-z0-9_]{1,40}$/, '编码只能用小写字母、数字和下划线，最多 40 位');

export const unit = z.object({
  id,
  parentId: id.nullable(),
  path: unitPath,
  code: unitCode,
  name: z.string(),
  kind: unitKind.schema,
  active: z.boolean(),
  people: z.number().int(),
  numbers: z.number().int(),
  /** What the viewer may do with it. */
  can: z.object({ change: z.boolean(), move: z.boolean(), remove: z.boolean(), addChild: z.boolean() }),
});
export type Unit = z.infer<typeof unit>;

export const unitName = requiredText(60, '请输入名称');
const name = unitName;
const errors = {
  NOT_FOUND: errorCodes.NOT_FOUND,
  TAKEN: errorCodes.TAKEN,
  IN_USE: errorCodes.IN_USE,
  REFUSED: errorCodes.REFUSED,
};

export const units = {
  /** All units of the viewer's scope, parents before children, siblings by name. */
  tree: route(['settings.read', ...knowledgeWriters], {
    ...{ method: 'GET', path: '/units', summary: '机构树', tag: 'units' },
  }).output(z.array(unit)),
  create: route(['units.manage'], { method: 'POST', path: '/units', summary: '新增机构', tag: 'units' })
    .errors(errors)
    .input(z.object({ parentId: id, code: unitCode, name, kind: unitKind.schema }))
    .output(unit),
  /** A unit that is not active takes no sign-ins of its people and no calls to its numbers. */
  change: route(['units.manage'], { method: 'PATCH', path: '/units/{id}', summary: '修改机构', tag: 'units' })
    .errors(errors)
    .input(z.object({ id, code: unitCode, name, kind: unitKind.schema, active: z.boolean() }))
    .output(unit),
  /** With everything below it. */
  move: route(['units.manage'], { method: 'POST', path: '/units/{id}/move', summary: '移动机构', tag: 'units' })
    .errors(errors)
    .input(z.object({ id, parentId: id }))
    .output(unit),
  remove: route(['units.manage'], { method: 'DELETE', path: '/units/{id}', summary: '删除机构', tag: 'units' })
    .errors(errors)
    .input(z.object({ id }))
    .output(z.object({})),
};

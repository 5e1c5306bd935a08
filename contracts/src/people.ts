import { z } from 'zod';
import { roleRef } from './auth.ts';
import { cursor, errorCodes, id, limit, page, requiredText, text, unitRef } from './common.ts';
import { route } from './route.ts';
import { builtInRole, dataScope, permission } from './states/people.ts';

export const login = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9._-]{2,32}$/, '工号只能用字母、数字和 . _ -，2 到 32 位');

/** What an agent is called by in calls and reports; one in the whole platform. */
export const agentNumberDigits = z
  .string()
  .trim()
  .regex(/^[0-9]{3,8}$/, '坐席号为 3 到 8 位数字');

export const person = z.object({
  id,
  unit: unitRef,
  login,
  name: z.string(),
  agentNumber: z.string().nullable(),
  active: z.boolean(),
  roles: z.array(roleRef),
  scope: dataScope.schema,
  /** Units seen with all below them, beside the scope: a person of 12366 entitled to single sub-centres. */
  entitled: z.array(unitRef),
  lastSignInAt: z.date().nullable(),
  lockedUntil: z.date().nullable(),
  totp: z.boolean(),
  can: z.object({ change: z.boolean(), assignRoles: z.boolean(), resetPassword: z.boolean(), unlock: z.boolean() }),
});
export type Person = z.infer<typeof person>;

export const personName = requiredText(40, '请输入姓名');
const facts = {
  unitId: id,
  name: personName,
  agentNumber: agentNumberDigits.nullable(),
};
const errors = { NOT_FOUND: errorCodes.NOT_FOUND, TAKEN: errorCodes.TAKEN, REFUSED: errorCodes.REFUSED };

export const people = {
  list: route(['settings.read'], { method: 'GET', path: '/people', summary: '人员', tag: 'people' })
    .input(
      z.object({
        /** This unit and below. */
        unitId: id.optional(),
        /** Part of name, login or agent number. */
        text: text(40).optional(),
        roleId: id.optional(),
        active: z.boolean().optional(),
        cursor: cursor.optional(),
        limit: limit(),
      }),
    )
    .output(page(person)),
  get: route(['settings.read'], { method: 'GET', path: '/people/{id}', summary: '人员详情', tag: 'people' })
    .errors({ NOT_FOUND: errorCodes.NOT_FOUND })
    .input(z.object({ id }))
    .output(person),
  /** The temporary password is told once and has to be changed at the first sign-in. */
  create: route(['people.manage'], {
    method: 'POST',
    path: '/people',
    summary: '新增人员',
    tag: 'people',
    by: 'person',
  })
    .errors(errors)
    .input(z.object({ ...facts, login }))
    .output(z.object({ person, temporaryPassword: z.string() })),
  /**
   * A person who is no longer active is signed out everywhere. IN_USE: flows or routing rules still lead calls to somebody who couldn't be
   * reached any more; `confirmed` does it all the same.
   */
  change: route(['people.manage'], {
    method: 'PATCH',
    path: '/people/{id}',
    summary: '修改人员',
    tag: 'people',
    by: 'person',
  })
    .errors({ ...errors, IN_USE: errorCodes.IN_USE })
    .input(z.object({ id, ...facts, active: z.boolean(), confirmed: z.boolean().default(false) }))
    .output(person),
  /** Nobody changes their own roles; nobody hands on more than they may (`protectedPermissions`) or see. */
  assignRoles: route(['people.assign_roles'], {
    method: 'PUT',
    path: '/people/{id}/roles',
    summary: '分配角色与数据范围',
    tag: 'people',
    by: 'person',
  })
    .errors(errors)
    .input(
      z.object({ id, roleIds: z.array(id).max(20), scope: dataScope.schema, entitledUnitIds: z.array(id).max(50) }),
    )
    .output(person),
  resetPassword: route(['people.manage', 'security.manage'], {
    method: 'POST',
    path: '/people/{id}/password',
    summary: '重置密码',
    tag: 'people',
    by: 'person',
  })
    .errors(errors)
    .input(z.object({ id }))
    .output(z.object({ temporaryPassword: z.string() })),
  /** Ends the wait after wrong passwords. */
  unlock: route(['people.manage', 'security.manage'], {
    method: 'POST',
    path: '/people/{id}/unlock',
    summary: '解除锁定',
    tag: 'people',
    by: 'person',
  })
    .errors(errors)
    .input(z.object({ id }))
    .output(person),
  /** For who has lost the telephone: the next sign-in asks for no one-time password. */
  removeTotp: route(['security.manage'], {
    method: 'POST',
    path: '/people/{id}/totp/remove',
    summary: '解除动态口令',
    tag: 'people',
    by: 'person',
  })
    .errors(errors)
    .input(z.object({ id }))
    .output(person),
};

export const role = z.object({
  id,
  /** null: a role of the centre's own. */
  code: builtInRole.schema.nullable(),
  /** Units below may use it as well; null: built in, everywhere. */
  unit: unitRef.nullable(),
  name: z.string(),
  permissions: z.array(permission.schema),
  people: z.number().int(),
  can: z.object({ change: z.boolean(), remove: z.boolean(), assign: z.boolean() }),
});
export type Role = z.infer<typeof role>;

const roleFacts = {
  name: requiredText(40, '请输入角色名称'),
  permissions: z.array(permission.schema).min(1, '请至少选择一项权限').max(permission.values.length),
};

export const roles = {
  list: route(['settings.read', 'people.assign_roles', 'roles.manage'], {
    method: 'GET',
    path: '/roles',
    summary: '角色',
    tag: 'roles',
  }).output(z.array(role)),
  create: route(['roles.manage'], { method: 'POST', path: '/roles', summary: '新增角色', tag: 'roles', by: 'person' })
    .errors(errors)
    .input(z.object({ ...roleFacts, unitId: id }))
    .output(role),
  change: route(['roles.manage'], {
    method: 'PATCH',
    path: '/roles/{id}',
    summary: '修改角色',
    tag: 'roles',
    by: 'person',
  })
    .errors(errors)
    .input(z.object({ id, ...roleFacts }))
    .output(role),
  remove: route(['roles.manage'], {
    method: 'DELETE',
    path: '/roles/{id}',
    summary: '删除角色',
    tag: 'roles',
    by: 'person',
  })
    .errors({ ...errors, IN_USE: errorCodes.IN_USE })
    .input(z.object({ id }))
    .output(z.object({})),
};

import { builtInRole, type Permission, permission, protectedPermissions } from '@rexian/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInPermissions } from '../platform/built-in-roles.ts';
import { type Granter, grantRefusal, type HeldRole, personRefusal, separationRefusal } from './role-rules.ts';

const permissions = fc.uniqueArray(fc.constantFrom<Permission>(...permission.values));
const role = fc.record({ id: fc.uuid(), name: fc.constant('角色'), permissions });
const roles = fc.array(role, { maxLength: 3 });
const unitIds = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd')).map((ids) => new Set(ids));
const granter = fc
  .record({ id: fc.constantFrom('x', 'y'), permissions, unitIds })
  .map((each): Granter => ({ ...each, permissions: new Set(each.permissions) }));
const holder = fc.record({ id: fc.constantFrom('x', 'y', 'z'), roles, unitIds });
const granted = fc.record({ roles, unitIds });

const holds = (held: readonly HeldRole[], one: Permission) => held.some((each) => each.permissions.includes(one));
const within = (some: ReadonlySet<string>, all: ReadonlySet<string>) => [...some].every((id) => all.has(id));

describe('what is granted', () => {
  it('never gives or takes what only those who manage roles may', () => {
    fc.assert(
      fc.property(granter, holder, granted, (by, before, after) => {
        if (grantRefusal(by, before, after) !== null || by.permissions.has('roles.manage')) return;
        for (const one of protectedPermissions) {
          expect(holds(before.roles, one)).toBe(false);
          expect(holds(after.roles, one)).toBe(false);
        }
      }),
    );
  });

  it('never reaches further than who grants it, nor concerns who reaches further, nor oneself', () => {
    fc.assert(
      fc.property(granter, holder, granted, (by, before, after) => {
        if (grantRefusal(by, before, after) !== null) return;
        expect(within(after.unitIds, by.unitIds)).toBe(true);
        expect(within(before.unitIds, by.unitIds)).toBe(true);
        expect(before.id).not.toBe(by.id);
      }),
    );
  });

  it('is refused for nothing else', () => {
    fc.assert(
      fc.property(granter, holder, granted, (by, before, after) => {
        const mighty: Granter = {
          ...by,
          id: 'other',
          permissions: new Set(permission.values),
          unitIds: new Set('abcd'),
        };
        const plain = after.roles.map((each) => ({
          ...each,
          permissions: each.permissions.filter((one) => one !== 'audit.read'),
        }));
        expect(grantRefusal(mighty, before, { ...after, roles: plain })).toBeNull();
      }),
    );
  });

  it('never makes an auditor of who is audited', () => {
    fc.assert(
      fc.property(granter, holder, granted, (by, before, after) => {
        if (grantRefusal(by, before, after) !== null || !holds(after.roles, 'audit.read')) return;
        for (const one of ['units.manage', 'people.manage', 'roles.manage', 'security.manage', 'keys.manage'] as const)
          expect(holds(after.roles, one)).toBe(false);
      }),
    );
  });
});

describe('built-in roles', () => {
  const of = (...codes: (keyof typeof builtInPermissions)[]): HeldRole[] =>
    codes.map((code) => ({ id: code, name: builtInRole.labels[code], permissions: builtInPermissions[code] }));
  const everything = new Set(['a']);
  const as = (code: keyof typeof builtInPermissions, id = 'me'): Granter => ({
    id,
    permissions: new Set(builtInPermissions[code]),
    unitIds: everything,
  });
  const person = (...codes: (keyof typeof builtInPermissions)[]) => ({
    id: 'they',
    roles: of(...codes),
    unitIds: everything,
  });

  it('keep the auditor apart from the three who are audited, and say why', () => {
    for (const other of ['system_admin', 'security_admin', 'centre_admin'] as const)
      expect(separationRefusal(of('auditor', other).flatMap((each) => each.permissions))).toMatch(/三权分立/);
    for (const other of ['leader', 'agent', 'inspector', 'analyst', 'handler', 'knowledge_editor'] as const)
      expect(separationRefusal(of('auditor', other).flatMap((each) => each.permissions))).toBeNull();
  });

  it('let a centre’s administrator make another one, but no security administrator and no auditor', () => {
    const by = as('centre_admin');
    const to = (code: keyof typeof builtInPermissions) =>
      grantRefusal(by, person(), { roles: of(code), unitIds: new Set() });
    expect(to('centre_admin')).toBeNull();
    expect(to('leader')).toBeNull();
    expect(to('security_admin')).toMatch(/管理角色/);
    expect(to('auditor')).toMatch(/管理角色/);
  });

  it('keep administrators from becoming the auditor through a new password', () => {
    for (const code of ['centre_admin', 'system_admin'] as const) {
      expect(personRefusal(as(code), person('auditor'))).toMatch(/查看审计日志/);
      expect(personRefusal(as(code), person('security_admin'))).toMatch(/管理角色/);
      expect(personRefusal(as(code), person('agent'))).toBeNull();
    }
    expect(personRefusal(as('security_admin'), person('auditor'))).toBeNull();
  });
});

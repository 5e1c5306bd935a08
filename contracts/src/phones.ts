/** IP phones of a centre, and what its desks are allotted. */
import { z } from 'zod';
import { cursor, errorCodes, id, limit, page, personRef, requiredText, text, unitRef } from './common.ts';
import { restReason } from './desk.ts';
import { route } from './route.ts';

/** SIP name of an IP phone: what is typed into it as user name and digest user. */
export const deviceName = z
  .string()
  .trim()
  .regex(/^sip-[a-z0-9-]{1,28}$/, '账号以 sip- 开头，后接小写字母、数字或连字符，例如 sip-1001');
export const deviceLabel = requiredText(40, '请输入话机名称');

export const device = z.object({
  id,
  name: z.string(),
  label: z.string(),
  unit: unitRef,
  /** Whose phone it is; null: anyone's of the unit and those below it. */
  person: personRef.nullable(),
  registered: z.boolean(),
  /** When it registered or was lost. */
  changedAt: z.date(),
  /** Who is signed in with it. */
  inUseBy: z.string().nullable(),
});
export type Device = z.infer<typeof device>;

const facts = { name: deviceName, label: deviceLabel, unitId: id, personId: id.nullable() };
/** What is typed into the phone; the password is told this once. */
const withPassword = z.object({
  device,
  password: z.string(),
  registrar: z.object({ host: z.string(), port: z.number().int() }),
});
const errors = { NOT_FOUND: errorCodes.NOT_FOUND, TAKEN: errorCodes.TAKEN, IN_USE: errorCodes.IN_USE };
const tag = 'phones';

export const phones = {
  list: route(['settings.read'], { method: 'GET', path: '/phones', summary: 'IP 话机', tag })
    .input(
      z.object({
        unitId: id.optional(),
        /** Part of the name or label, or of the name of whose it is. */
        text: text(40).optional(),
        registered: z.boolean().optional(),
        cursor: cursor.optional(),
        limit: limit(),
      }),
    )
    .output(page(device).extend({ total: z.number().int() })),
  create: route(['phones.manage'], { method: 'POST', path: '/phones', summary: '新增 IP 话机', tag, by: 'person' })
    .errors(errors)
    .input(z.object(facts))
    .output(withPassword),
  /** While somebody is signed in with it only the label may change. */
  change: route(['phones.manage'], {
    method: 'PATCH',
    path: '/phones/{id}',
    summary: '修改 IP 话机',
    tag,
    by: 'person',
  })
    .errors(errors)
    .input(z.object({ id, ...facts }))
    .output(device),
  /** A new password; what is registered with the old one is cut off at once. */
  renew: route(['phones.manage'], {
    method: 'POST',
    path: '/phones/{id}/password',
    summary: '更换 IP 话机密码',
    tag,
    by: 'person',
  })
    .errors(errors)
    .input(z.object({ id }))
    .output(withPassword),
  remove: route(['phones.manage'], {
    method: 'DELETE',
    path: '/phones/{id}',
    summary: '删除 IP 话机',
    tag,
    by: 'person',
  })
    .errors(errors)
    .input(z.object({ id }))
    .output(z.object({})),
};

export const deskSettingsOf = z.object({
  unit: unitRef,
  /** The unit whose word it is: this one, one above it, or none (the platform's own). */
  from: unitRef.nullable(),
  /** Minutes allotted to each reason. */
  reasons: z.array(restReason),
  /** Wrap-up after a call that the agent made. */
  outboundWrapUpSeconds: z.number().int(),
});
export type DeskSettings = z.infer<typeof deskSettingsOf>;

const notFound = { NOT_FOUND: errorCodes.NOT_FOUND };

export const deskSettings = {
  get: route(['settings.read'], {
    method: 'GET',
    path: '/desk-settings/{unitId}',
    summary: '坐席设置',
    tag,
  })
    .errors(notFound)
    .input(z.object({ unitId: id }))
    .output(deskSettingsOf),
  save: route(['queues.manage'], {
    method: 'PUT',
    path: '/desk-settings/{unitId}',
    summary: '修改坐席设置',
    tag,
  })
    .errors(notFound)
    .input(
      z.object({
        unitId: id,
        /** Reasons that are left out have no limit. */
        reasons: z
          .array(restReason)
          .max(20)
          .refine((all) => new Set(all.map(({ reason }) => reason)).size === all.length, '原因不能重复'),
        outboundWrapUpSeconds: z.number().int().min(0).max(3600),
      }),
    )
    .output(deskSettingsOf),
  /** The unit follows the one above it again. */
  clear: route(['queues.manage'], {
    method: 'DELETE',
    path: '/desk-settings/{unitId}',
    summary: '沿用上级坐席设置',
    tag,
  })
    .errors(notFound)
    .input(z.object({ unitId: id }))
    .output(deskSettingsOf),
};

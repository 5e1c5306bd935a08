import { z } from 'zod';
import { errorCodes, id, instant, requiredText, unitRef } from './common.ts';
import { route } from './route.ts';
import { partnerPermissions, permission } from './states/people.ts';

/** An address or a network in CIDR form, IPv4 or IPv6. */
export const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], '请输入 IP 地址或网段');

export const apiKey = z.object({
  id,
  name: z.string(),
  /** Sees this unit and everything below. */
  unit: unitRef,
  permissions: z.array(permission.schema),
  /** Empty: from anywhere. */
  networks: z.array(z.string()),
  ratePerMinute: z.number().int(),
  createdAt: z.date(),
  createdBy: z.string(),
  revokedAt: z.date().nullable(),
  /** While a key is rotated there are two. */
  secrets: z.array(
    z.object({
      id,
      /** The last four characters. */
      hint: z.string(),
      createdAt: z.date(),
      expiresAt: z.date().nullable(),
      lastUsedAt: z.date().nullable(),
      lastUsedAddress: z.string().nullable(),
    }),
  ),
});
export type ApiKey = z.infer<typeof apiKey>;

const facts = {
  name: requiredText(60, '请输入名称'),
  unitId: id,
  permissions: z.array(z.enum(partnerPermissions)).min(1, '请至少选择一项权限').max(partnerPermissions.length),
  networks: z.array(network).max(50),
  ratePerMinute: z.number().int().min(1).max(60_000),
};
const errors = { NOT_FOUND: errorCodes.NOT_FOUND, REFUSED: errorCodes.REFUSED };
const keyed = { tag: 'keys', by: 'person' } as const;

/** 接口密钥 of partner systems: sent as `Authorization: Bearer rxk_…`. Secrets are told once, only their hashes are kept. */
export const keys = {
  list: route(['keys.manage'], { ...keyed, method: 'GET', path: '/keys', summary: '接口密钥' }).output(z.array(apiKey)),
  create: route(['keys.manage'], { ...keyed, method: 'POST', path: '/keys', summary: '新增接口密钥' })
    .errors(errors)
    .input(z.object({ ...facts, expiresAt: instant.nullable() }))
    .output(z.object({ key: apiKey, secret: z.string() })),
  change: route(['keys.manage'], { ...keyed, method: 'PATCH', path: '/keys/{id}', summary: '修改接口密钥' })
    .errors(errors)
    .input(z.object({ id, ...facts }))
    .output(apiKey),
  /** A new secret; the old ones go on working for so many hours. */
  rotate: route(['keys.manage'], { ...keyed, method: 'POST', path: '/keys/{id}/rotate', summary: '轮换接口密钥' })
    .errors(errors)
    .input(z.object({ id, overlapHours: z.number().int().min(0).max(720), expiresAt: instant.nullable() }))
    .output(z.object({ key: apiKey, secret: z.string() })),
  revoke: route(['keys.manage'], { ...keyed, method: 'POST', path: '/keys/{id}/revoke', summary: '吊销接口密钥' })
    .errors(errors)
    .input(z.object({ id }))
    .output(apiKey),
};

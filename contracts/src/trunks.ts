/** SIP trunks (中继): the ways to the telephone network, and to other platforms that calls are handed over to. */
import { z } from 'zod';
import { errorCodes, id, requiredText, unitRef } from './common.ts';
import { route } from './route.ts';
import { trunkKind } from './states/calls.ts';

export const trunkCode = z
  .string()
  .trim()
  .regex(/^[a-z0-9-]{2,24}$/, '标识为 2 到 24 位小写字母、数字或连字符');
export const trunkName = requiredText(40, '请输入名称');
/** An address or a name: what Asterisk resolves when the trunk is set up. */
export const trunkHost = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(?=.{1,200}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/, '请输入 IPv4 地址或域名');
export const trunkPort = z.number().int().min(1, '端口为 1 到 65535').max(65_535, '端口为 1 到 65535');
/** What goes into SIP authentication as it is: no character that ends a value. */
export const trunkUsername = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9._@+-]{1,60}$/, '用户名为 1 到 60 位字母、数字或 . _ @ + -');
export const trunkPassword = z.string().regex(/^[\x21-\x7e]{8,100}$/, '密码为 8 到 100 位字母、数字或符号');

export const trunk = z.object({
  id,
  code: z.string(),
  name: z.string(),
  kind: trunkKind.schema,
  unit: unitRef,
  host: z.string(),
  port: z.number().int(),
  /** null: the other side goes by our address. */
  username: z.string().nullable(),
  active: z.boolean(),
  /** Whether the other side answers, since when, and how long it took; null: not asked yet. */
  state: z.object({ reachable: z.boolean(), roundTripMs: z.number().int().nullable(), since: z.date() }).nullable(),
});
export type Trunk = z.infer<typeof trunk>;

const facts = {
  code: trunkCode,
  name: trunkName,
  kind: trunkKind.schema,
  unitId: id,
  host: trunkHost,
  port: trunkPort,
  username: trunkUsername.nullable(),
  /** Left out: the one there is; it goes with the user name. */
  password: trunkPassword.optional(),
  active: z.boolean(),
};
const errors = {
  NOT_FOUND: errorCodes.NOT_FOUND,
  TAKEN: errorCodes.TAKEN,
  IN_USE: errorCodes.IN_USE,
  REFUSED: errorCodes.REFUSED,
};
const tag = 'trunks';

export const trunks = {
  list: route(['settings.read'], { method: 'GET', path: '/trunks', summary: '中继', tag }).output(z.array(trunk)),
  create: route(['trunks.manage'], { method: 'POST', path: '/trunks', summary: '新增中继', tag, by: 'person' })
    .errors(errors)
    .input(z.object(facts))
    .output(trunk),
  change: route(['trunks.manage'], { method: 'PATCH', path: '/trunks/{id}', summary: '修改中继', tag, by: 'person' })
    .errors(errors)
    .input(z.object({ id, ...facts }))
    .output(trunk),
  remove: route(['trunks.manage'], { method: 'DELETE', path: '/trunks/{id}', summary: '删除中继', tag, by: 'person' })
    .errors(errors)
    .input(z.object({ id }))
    .output(z.object({})),
};

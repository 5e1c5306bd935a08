import { z } from 'zod';
import { errorCodes, id, text } from './common.ts';
import { route } from './route.ts';

/** 来电人: what a centre knows of who calls from a number. Personal fields are masked: 韦*兰, 450***********1234. */
export const customer = z.object({
  /** null: nothing is known yet. */
  id: id.nullable(),
  number: z.string(),
  name: z.string(),
  idNumber: z.string(),
  /** 纳税人识别号 / 统一社会信用代码. */
  taxNumber: z.string(),
  company: z.string(),
  changedAt: z.date().nullable(),
  can: z.object({ change: z.boolean(), reveal: z.boolean() }),
});
export type Customer = z.infer<typeof customer>;

/** Empty text clears a field, a missing field stays as it is (a masked value is never sent back). */
export const customerChanges = z.object({
  name: text(40).optional(),
  idNumber: text(18)
    .regex(/^(?:[0-9]{17}[0-9Xx]|[A-Za-z0-9]{5,18})?$/, '证件号码为 5 到 18 位字母或数字')
    .optional(),
  taxNumber: text(20)
    .regex(/^(?:[0-9A-Za-z]{15,20})?$/, '纳税人识别号为 15 到 20 位字母或数字')
    .optional(),
  company: text(100).optional(),
});

const errors = { NOT_FOUND: errorCodes.NOT_FOUND };

export const customers = {
  /** Who called in this contact. */
  ofContact: route(['desk.use', 'contacts.read', 'contacts.read_own'], {
    method: 'GET',
    path: '/contacts/{contactId}/customer',
    summary: '来电人',
    tag: 'customers',
  })
    .errors(errors)
    .input(z.object({ contactId: id }))
    .output(customer),
  save: route(['desk.use'], {
    method: 'PUT',
    path: '/contacts/{contactId}/customer',
    summary: '保存来电人',
    tag: 'customers',
    by: 'person',
  })
    .errors(errors)
    .input(customerChanges.extend({ contactId: id }))
    .output(customer),
  reveal: route(['personal.reveal'], {
    method: 'POST',
    path: '/customers/{id}/reveal',
    summary: '查看来电人完整信息',
    tag: 'customers',
  })
    .errors(errors)
    .input(z.object({ id }))
    .output(z.object({ number: z.string(), name: z.string(), idNumber: z.string(), taxNumber: z.string() })),
  /** By the whole of name, id number or tax number, or the last four of the latter two; at most 50. */
  find: route(['contacts.read'], {
    method: 'POST',
    path: '/customers/find',
    summary: '查找来电人',
    tag: 'customers',
    trace: 'none',
  })
    .input(z.object({ text: text(40).min(2, '请输入完整姓名、证件号或后四位') }))
    .output(z.array(customer)),
};

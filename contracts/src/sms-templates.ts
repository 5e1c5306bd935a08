/**
 * 短信模板: texts that are sent again and again. Under a code, which workflows name, a unit sends by its own template, else by that of the
 * next unit above. One that is switched off sends nothing, whatever stands above it.
 */
import { z } from 'zod';
import { errorCodes, id, requiredText, text, unitRef } from './common.ts';
import { revision } from './drafts.ts';
import { route } from './route.ts';
import { smsText } from './sms-text.ts';

export const smsTemplateCode = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, '模板代码由小写字母、数字和下划线组成');
export const smsTemplateName = requiredText(40, '请输入名称');

const facts = { name: smsTemplateName, text: smsText, enabled: z.boolean() };

export const smsTemplate = z.object({
  id,
  unit: unitRef,
  code: smsTemplateCode,
  ...facts,
  revision,
  changedAt: z.date(),
  changedBy: z.string(),
  can: z.object({ change: z.boolean() }),
});
export type SmsTemplate = z.infer<typeof smsTemplate>;

const tag = 'sms';
const { NOT_FOUND, TAKEN, CHANGED } = errorCodes;
const manage = ['sms.manage'] as const;

export const smsTemplates = {
  /** Those of the units in reach, and those that units above hand down; of `unitId`, its own and of all below. */
  list: route(['sms.read', 'sms.manage'], { method: 'GET', path: '/sms-templates', summary: '短信模板', tag })
    .input(z.object({ unitId: id.optional(), search: text(40).optional() }))
    .output(z.array(smsTemplate)),
  create: route(manage, { method: 'POST', path: '/sms-templates', summary: '新增短信模板', tag })
    .errors({ NOT_FOUND, TAKEN })
    .input(z.object({ unitId: id, code: smsTemplateCode, ...facts }))
    .output(smsTemplate),
  change: route(manage, { method: 'PATCH', path: '/sms-templates/{id}', summary: '修改短信模板', tag })
    .errors({ NOT_FOUND, CHANGED })
    .input(z.object({ id, revision, ...facts }))
    .output(smsTemplate),
  remove: route(manage, { method: 'DELETE', path: '/sms-templates/{id}', summary: '删除短信模板', tag })
    .errors({ NOT_FOUND, CHANGED })
    .input(z.object({ id, revision }))
    .output(z.object({})),
};

/** The templates of short messages that the ready workflows name, for the whole province. */
import type { Db } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';

const templates = [
  {
    code: 'answered',
    name: '答复通知',
    text: '【{{中心名称}}】{{姓名}}您好，您反映的事项（编号{{工单编号}}）已办结：{{办理结果}}。如有疑问请拨打12366。',
  },
  {
    code: 'not_accepted',
    name: '不予受理通知',
    text: '【{{中心名称}}】{{姓名}}您好，您反映的事项（编号{{工单编号}}）经审查不予受理：{{办理结果}}。如有疑问请拨打12366。',
  },
];

export async function seedSmsTemplates(db: Db, unitId: string): Promise<void> {
  await db
    .insertInto('sms_templates')
    .values(templates.map((template) => ({ id: newId(), unit_id: unitId, ...template, changed_by: '系统' })))
    .execute();
}

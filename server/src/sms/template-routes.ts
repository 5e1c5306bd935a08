import type { SmsTemplate } from '@rexian/contracts';
import { viewerApi } from '../platform/api.ts';
import { difference } from '../platform/audit.ts';
import { refusal, refusing } from '../platform/errors.ts';
import { changeTemplate, createTemplate, listTemplates, removeTemplate, templateTold } from './templates.ts';

const about = ({ id, name, unit }: SmsTemplate) => ({
  subject: { kind: 'sms_template' as const, id, name },
  unitId: unit.id,
});

export function smsTemplateRoutes() {
  const api = viewerApi.smsTemplates;
  return {
    list: api.list.handler(({ input, context }) => listTemplates(context.db, context.caller, input)),
    create: api.create.handler(({ input, context: { db, caller, audit } }) =>
      refusing({ unique: () => refusal('TAKEN', `该机构已有代码为“${input.code}”的短信模板`) }, () =>
        db.transaction().execute(async (trx) => {
          const made = await createTemplate(trx, caller, input);
          await audit({ action: 'created', ...about(made), after: templateTold(made) }, trx);
          return made;
        }),
      ),
    ),
    change: api.change.handler(({ input, context: { db, caller, audit, nothingChanged } }) =>
      db.transaction().execute(async (trx) => {
        const { before, after } = await changeTemplate(trx, caller, input);
        const changed = difference(templateTold(before), templateTold(after));
        if (changed) await audit({ action: 'changed', ...about(after), ...changed }, trx);
        else nothingChanged();
        return after;
      }),
    ),
    remove: api.remove.handler(({ input, context: { db, caller, audit } }) =>
      db.transaction().execute(async (trx) => {
        const gone = await removeTemplate(trx, caller, input);
        await audit({ action: 'removed', ...about(gone), before: templateTold(gone) }, trx);
        return {};
      }),
    ),
  };
}

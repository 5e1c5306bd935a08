import {
  SMS_MAX_CHARACTERS,
  type SmsTemplate,
  type SmsVariable,
  smsTemplateCode,
  smsTemplateName,
  smsText,
} from '@rexian/contracts';
import { Form, Input, Switch } from 'antd';
import { may, useViewer } from '../auth/viewer.ts';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { chosen, rule } from '../forms/rule.ts';
import { useChange } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';
import { UnitSelect } from '../units/UnitSelect.tsx';
import { Preview } from './Preview.tsx';
import { TextField } from './TextField.tsx';
import './sms.css';

export const touches = [api.smsTemplates.key()];

type Values = Pick<SmsTemplate, 'code' | 'name' | 'text' | 'enabled'> & { unitId: string };

/** A new one, one of the own unit's that takes the place of `from` of a unit above, or one that is there. */
export type Edited = { what: 'new' } | { what: 'own'; from: SmsTemplate } | { what: 'change'; template: SmsTemplate };

/** As long as what is usually put there. */
const samples: Record<SmsVariable, string> = {
  姓名: '韦小兰',
  中心名称: '南宁市12366',
  热线号码: '12366',
  受理时间: '11月22日14时05分',
  工单编号: 'GD202611220001',
  业务类别: '发票管理',
  办理单位: '青秀区税务局',
  办理时限: '11月27日',
  办理结果: '您的问题已核实并处理',
  坐席工号: '1001',
};

export function TemplateForm({ edited, onClose }: { edited: Edited; onClose(): void }) {
  const viewer = useViewer();
  const [form] = Form.useForm<Values>();
  const initial = initialOf(edited, viewer.unit.id);
  const text = Form.useWatch('text', form) ?? initial.text ?? '';
  const save = useChange({ run: saverOf(edited), touches, done: '已保存' });
  const isNew = edited.what !== 'change';
  return (
    <FormDrawer<Values>
      title={isNew ? '新增短信模板' : `修改短信模板“${edited.template.name}”`}
      size={560}
      form={form}
      initial={initial}
      busy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate({ ...initial, ...values }, { onSuccess: onClose })}
      onClose={onClose}
    >
      {isNew && may(viewer, 'settings.read') && (
        <Form.Item
          name="unitId"
          label="机构"
          extra="下级机构没有相同代码的模板时也用它。"
          rules={[chosen('请选择机构')]}
        >
          <UnitSelect />
        </Form.Item>
      )}
      {isNew && (
        <Form.Item
          name="code"
          label="代码"
          extra="工单流程按代码选用模板，保存后不能修改。"
          rules={[rule(smsTemplateCode)]}
        >
          <Input maxLength={40} placeholder="例如：answered" />
        </Form.Item>
      )}
      <Form.Item name="name" label="名称" rules={[rule(smsTemplateName)]}>
        <Input maxLength={40} placeholder="例如：答复通知" />
      </Form.Item>
      <Form.Item name="text" label="内容" rules={[rule(smsText)]}>
        <TextField />
      </Form.Item>
      <Form.Item name="enabled" label="启用" valuePropName="checked" extra="停用后不再发送，也不沿用上级机构的模板。">
        <Switch />
      </Form.Item>
      <h3 className="sms-part">预览（示例内容）</h3>
      <Preview text={text} values={samples} maxCharacters={SMS_MAX_CHARACTERS} />
    </FormDrawer>
  );
}

function initialOf(edited: Edited, unitId: string): Partial<Values> {
  if (edited.what === 'new') return { unitId, enabled: true };
  const { unit, code, name, text, enabled } = edited.what === 'own' ? edited.from : edited.template;
  return { unitId: edited.what === 'own' ? unitId : unit.id, code, name, text, enabled };
}

const saverOf =
  (edited: Edited) =>
  ({ unitId, code, ...facts }: Values) => {
    if (edited.what !== 'change') return client.smsTemplates.create({ unitId, code, ...facts });
    const { id, revision } = edited.template;
    return client.smsTemplates.change({ id, revision, ...facts });
  };

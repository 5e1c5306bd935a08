import { type FieldType, type FormField, fieldType } from '@rexian/contracts';
import { Alert, ConfigProvider, Form, Input, Radio, Select } from 'antd';
import { ConditionFields } from './ConditionFields.tsx';
import { renameKey, withType } from './fields.ts';
import { TypeSettings } from './TypeSettings.tsx';
import type { Design } from './useDesign.ts';

type Props = { design: Design; index: number; readOnly: boolean };

const TYPES = fieldType.values.map((value) => ({ value, label: fieldType.labels[value] }));
const WIDTHS = [
  { value: 'full', label: '整行' },
  { value: 'half', label: '半行' },
];

/** What the chosen field is and when it is asked for. */
export function FieldSettings({ design, index, readOnly }: Props) {
  const { fields, faults, put, setFields } = design;
  const field = fields[index];
  if (!field) return <aside className="form-settings" aria-label="字段设置" />;
  const set = (changed: Partial<FormField>) => put(index, { ...field, ...changed } as FormField);
  const before = fields.slice(0, index);
  return (
    <aside className="form-settings" aria-label="字段设置">
      <ConfigProvider componentDisabled={readOnly}>
        <Form layout="vertical" component="div">
          {faults.get(index)?.map((message) => (
            <Alert key={message} type="error" showIcon title={message} />
          ))}
          <Form.Item label="字段名称" htmlFor="form-label">
            <Input
              id="form-label"
              maxLength={30}
              autoComplete="off"
              value={field.label}
              onChange={({ target }) => set({ label: target.value })}
            />
          </Form.Item>
          <Form.Item label="类型" htmlFor="form-type">
            <Select<FieldType>
              id="form-type"
              options={TYPES}
              value={field.type}
              onChange={(type) => put(index, withType(field, type))}
            />
          </Form.Item>
          <TypeSettings field={field} set={set} key={field.type} />
          <ConditionFields field={field} before={before} set={set} />
          <Form.Item label="提示" htmlFor="form-help">
            <Input
              id="form-help"
              maxLength={200}
              placeholder="显示在字段下方"
              value={field.help}
              onChange={({ target }) => set({ help: target.value })}
            />
          </Form.Item>
          <Form.Item label="宽度">
            <Radio.Group
              options={WIDTHS}
              value={field.width}
              onChange={({ target }) => set({ width: target.value as FormField['width'] })}
            />
          </Form.Item>
          <Form.Item label="编码" htmlFor="form-key" extra="用于导出和接口；修改后，已登记的工单仍用原编码">
            <Input
              id="form-key"
              maxLength={40}
              autoComplete="off"
              value={field.key}
              onChange={({ target }) => setFields(renameKey(fields, index, target.value))}
            />
          </Form.Item>
        </Form>
      </ConfigProvider>
    </aside>
  );
}

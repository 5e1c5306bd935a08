import { PlusOutlined } from '@ant-design/icons';
import { requiredText, text, workOrderKind } from '@rexian/contracts';
import { Button, Form, type FormListFieldData, Input, Select } from 'antd';
import { chosen, rule } from '../../forms/rule.ts';
import { worded } from '../../platform/worded.ts';
import { UnitField } from '../targets/UnitField.tsx';

const MOST = 20;

type Props = { fields: FormListFieldData[]; onAdd(): void; onRemove(index: number): void };

/** 拆分: what each part is about, and whose workflow it walks. */
export function ChildrenField({ fields, onAdd, onRemove }: Props) {
  return (
    <>
      {fields.map(({ key, name }) => (
        <fieldset key={key} className="order-child">
          <legend>
            子工单 {name + 1}
            {fields.length > 1 && (
              <Button type="link" size="small" danger onClick={() => onRemove(name)}>
                移除
              </Button>
            )}
          </legend>
          <Form.Item name={[name, 'unitId']} label="承办单位" rules={[chosen('请选择单位')]}>
            <UnitField label="承办单位" />
          </Form.Item>
          <Form.Item name={[name, 'kind']} label="类型">
            <Select options={worded(workOrderKind)} />
          </Form.Item>
          <Form.Item name={[name, 'categoryId']} hidden>
            <Input />
          </Form.Item>
          <Form.Item name={[name, 'title']} label="标题" rules={[rule(text(100))]}>
            <Input maxLength={100} placeholder="不填则取内容开头" />
          </Form.Item>
          <Form.Item name={[name, 'content']} label="内容" rules={[rule(requiredText(10_000, '请填写内容'))]}>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} />
          </Form.Item>
        </fieldset>
      ))}
      <Button icon={<PlusOutlined />} disabled={fields.length >= MOST} onClick={onAdd}>
        增加子工单
      </Button>
    </>
  );
}

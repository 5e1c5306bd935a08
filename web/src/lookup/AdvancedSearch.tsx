import { Button, Form, Input } from 'antd';
import type { Fields } from './state.ts';

const fields: { name: keyof Fields; label: string; maxLength: number }[] = [
  { name: 'title', label: '标题', maxLength: 60 },
  { name: 'body', label: '正文', maxLength: 60 },
  { name: 'tag', label: '标签', maxLength: 20 },
  { name: 'source', label: '依据', maxLength: 60 },
];

/** 高级检索: by field, all of them together, with the question or without it. */
export function AdvancedSearch({ onAsk }: { onAsk(fields: Fields): void }) {
  return (
    <Form<Fields> layout="inline" className="lookup-advanced" onFinish={onAsk}>
      {fields.map(({ name, label, maxLength }) => (
        <Form.Item key={name} name={name} label={label}>
          <Input allowClear maxLength={maxLength} />
        </Form.Item>
      ))}
      <Button htmlType="submit">按字段检索</Button>
    </Form>
  );
}

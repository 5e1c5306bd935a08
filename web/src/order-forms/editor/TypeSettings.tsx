import type { FormField } from '@rexian/contracts';
import { Form, Input, InputNumber, Space } from 'antd';
import { useState } from 'react';

type Props = { field: FormField; set(changed: Partial<FormField>): void };

/** What only fields of this type have. */
export function TypeSettings({ field, set }: Props) {
  switch (field.type) {
    case 'text':
    case 'textarea': {
      const most = field.type === 'text' ? 200 : 5_000;
      return (
        <Form.Item label="最多字数" htmlFor="form-length">
          <Count id="form-length" max={most} value={field.maxLength} onChange={(maxLength) => set({ maxLength })} />
        </Form.Item>
      );
    }
    case 'number':
      return <NumberSettings field={field} set={set} />;
    case 'choice':
    case 'choices':
      return (
        <Form.Item label="选项" htmlFor="form-options" extra="每行一个">
          <Lines lines={field.options} onChange={(options) => set({ options })} />
        </Form.Item>
      );
    case 'cascade':
      return (
        <Form.Item label="选项" htmlFor="form-options" extra="每行一个，各级之间用“/”分隔，例如 发票管理/发票领用">
          <Lines
            lines={field.options.map((way) => way.join('/'))}
            onChange={(lines) => set({ options: lines.map((line) => line.split('/').map((step) => step.trim())) })}
          />
        </Form.Item>
      );
    case 'attachment':
      return (
        <Form.Item label="最多个数" htmlFor="form-most">
          <Count id="form-most" max={20} value={field.most} onChange={(most) => set({ most })} />
        </Form.Item>
      );
    default:
      return null;
  }
}

function NumberSettings({ field, set }: { field: Extract<FormField, { type: 'number' }>; set: Props['set'] }) {
  return (
    <>
      <Form.Item label="范围">
        <Space>
          <InputNumber
            aria-label="最小值"
            placeholder="不限"
            changeOnWheel={false}
            value={field.min}
            onChange={(min) => set({ min })}
          />
          —
          <InputNumber
            aria-label="最大值"
            placeholder="不限"
            changeOnWheel={false}
            value={field.max}
            onChange={(max) => set({ max })}
          />
        </Space>
      </Form.Item>
      <Form.Item label="小数位数" htmlFor="form-decimals">
        <Count id="form-decimals" min={0} max={6} value={field.decimals} onChange={(decimals) => set({ decimals })} />
      </Form.Item>
      <Form.Item label="单位" htmlFor="form-unit">
        <Input
          id="form-unit"
          maxLength={10}
          placeholder="例如 元"
          value={field.unit}
          onChange={({ target }) => set({ unit: target.value })}
        />
      </Form.Item>
    </>
  );
}

type CountProps = { id: string; min?: number; max: number; value: number; onChange(value: number): void };

function Count({ min = 1, onChange, ...props }: CountProps) {
  return (
    <InputNumber
      {...props}
      min={min}
      precision={0}
      changeOnWheel={false}
      onChange={(next) => next !== null && onChange(next)}
    />
  );
}

/** Text by lines: what is being typed stays as it is, empty lines count for nothing. */
function Lines({ lines, onChange }: { lines: readonly string[]; onChange(lines: string[]): void }) {
  const [text, setText] = useState(lines.join('\n'));
  return (
    <Input.TextArea
      id="form-options"
      autoSize={{ minRows: 3, maxRows: 14 }}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        onChange(
          target.value
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== ''),
        );
      }}
    />
  );
}

import type { FieldValue, FormField } from '@rexian/contracts';
import { Cascader, Checkbox, Input, InputNumber, Radio, Select } from 'antd';
import { DAY, type Dayjs, instantOf, MINUTE, readWall, wallOf } from '../platform/beijing.ts';
import { DatePicker } from '../platform/DatePicker.tsx';
import { AttachmentField } from './AttachmentField.tsx';
import { treeOf } from './cascade.ts';

type Props = {
  id: string;
  field: FormField;
  value: FieldValue | undefined;
  readOnly: boolean;
  onChange(value: FieldValue | undefined): void;
};

/** As many options stand side by side; more are chosen from a list. */
const SIDE_BY_SIDE = 4;

const choicesOf = (options: readonly string[]) => options.map((value) => ({ value, label: value }));
const textOf = (value: FieldValue | undefined) => (typeof value === 'string' ? value : '');
const textsOf = (value: FieldValue | undefined) => (Array.isArray(value) ? value : []);
/** Days are kept as they are written, times as instants. */
const dayOf = (value: FieldValue | undefined) => valid(readWall(textOf(value)));
const timeOf = (value: FieldValue | undefined) => valid(wallOf(new Date(textOf(value))));
const valid = (wall: Dayjs) => (wall.isValid() ? wall : null);
const full = { width: '100%' };

/** What a field is filled in with. */
export function FieldControl({ id, field, value, readOnly, onChange }: Props) {
  switch (field.type) {
    case 'text':
      return (
        <Input
          id={id}
          maxLength={field.maxLength}
          autoComplete="off"
          value={textOf(value)}
          onChange={({ target }) => onChange(target.value)}
        />
      );
    case 'textarea':
      return (
        <Input.TextArea
          id={id}
          maxLength={field.maxLength}
          showCount
          autoSize={{ minRows: 3, maxRows: 12 }}
          value={textOf(value)}
          onChange={({ target }) => onChange(target.value)}
        />
      );
    case 'number':
      return (
        <InputNumber
          id={id}
          style={full}
          suffix={field.unit || undefined}
          changeOnWheel={false}
          value={typeof value === 'number' ? value : null}
          onChange={(next) => onChange(next ?? undefined)}
        />
      );
    case 'choice':
      // What must be chosen needn't be taken away again.
      return field.options.length <= SIDE_BY_SIDE && field.required === 'always' ? (
        <fieldset id={id} aria-label={field.label}>
          <Radio.Group
            options={choicesOf(field.options)}
            value={textOf(value)}
            onChange={({ target }) => onChange(target.value as string)}
          />
        </fieldset>
      ) : (
        <Select
          id={id}
          allowClear
          showSearch
          placeholder="请选择"
          options={choicesOf(field.options)}
          value={textOf(value) || null}
          onChange={(next: string | null) => onChange(next ?? undefined)}
        />
      );
    case 'choices':
      return field.options.length <= SIDE_BY_SIDE ? (
        <fieldset id={id} aria-label={field.label}>
          <Checkbox.Group options={field.options} value={textsOf(value)} onChange={onChange} />
        </fieldset>
      ) : (
        <Select
          id={id}
          mode="multiple"
          placeholder="请选择"
          options={choicesOf(field.options)}
          value={textsOf(value)}
          onChange={onChange}
        />
      );
    case 'cascade':
      return (
        <Cascader
          id={id}
          showSearch
          placeholder="请选择"
          options={treeOf(field.options)}
          value={textsOf(value)}
          onChange={(way) => onChange(way as string[] | undefined)}
        />
      );
    case 'date':
      return <DatePicker id={id} style={full} value={dayOf(value)} onChange={(day) => onChange(day?.format(DAY))} />;
    case 'datetime':
      return (
        <DatePicker
          id={id}
          style={full}
          format={MINUTE}
          showTime={{ format: 'HH:mm' }}
          value={timeOf(value)}
          onChange={(time) => onChange(time ? instantOf(time.startOf('minute')).toISOString() : undefined)}
        />
      );
    case 'attachment':
      return (
        <AttachmentField
          id={id}
          most={field.most}
          ids={textsOf(value)}
          {...(readOnly ? {} : { onChange: (ids: string[]) => onChange(ids) })}
        />
      );
  }
}

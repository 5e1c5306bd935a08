import { conditionValues, type FieldCondition, type FormField } from '@rexian/contracts';
import { Form, Radio, Select } from 'antd';

type Props = { field: FormField; before: readonly FormField[]; set(changed: Partial<FormField>): void };

const labelled = <V extends string>(labels: Record<V, string>) =>
  (Object.keys(labels) as V[]).map((value) => ({ value, label: labels[value] }));
const REQUIRED = { never: '选填', always: '必填', when: '按条件' } as const;
const VISIBLE = { always: '始终', when: '按条件' } as const;

/** When the field is shown, and when it must be filled in: by what was chosen in a field before it. */
export function ConditionFields({ field: { required, visible }, before, set }: Props) {
  const asking = before.filter((each) => conditionValues(each).length > 0);
  const first = (): FieldCondition => ({
    field: asking[0]?.key ?? '',
    values: asking[0] ? conditionValues(asking[0]).slice(0, 1) : [],
  });
  const options = <V extends string>(labels: Record<V, string>) =>
    labelled(labels).map((option) => ({ ...option, disabled: option.value === 'when' && asking.length === 0 }));
  const requiredNow = typeof required === 'object' ? 'when' : required;
  return (
    <>
      <Form.Item
        label="填写"
        {...(asking.length === 0 ? { extra: '前面有单选、多选或级联字段时，可按其取值决定' } : {})}
      >
        <Radio.Group
          aria-label="填写"
          options={options(REQUIRED)}
          value={requiredNow}
          onChange={({ target: { value } }: { target: { value?: keyof typeof REQUIRED } }) =>
            set({ required: value === 'when' ? first() : (value ?? 'never') })
          }
        />
        {typeof required === 'object' && (
          <Condition name="必填条件" value={required} fields={asking} onChange={(next) => set({ required: next })} />
        )}
      </Form.Item>
      <Form.Item label="显示">
        <Radio.Group
          aria-label="显示"
          options={options(VISIBLE)}
          value={visible ? 'when' : 'always'}
          onChange={({ target }) => set({ visible: target.value === 'when' ? first() : null })}
        />
        {visible && (
          <Condition name="显示条件" value={visible} fields={asking} onChange={(next) => set({ visible: next })} />
        )}
      </Form.Item>
    </>
  );
}

type ConditionProps = {
  name: string;
  value: FieldCondition;
  fields: readonly FormField[];
  onChange(value: FieldCondition): void;
};

function Condition({ name, value, fields, onChange }: ConditionProps) {
  const asked = fields.find(({ key }) => key === value.field);
  return (
    <div className="form-condition">
      <Select
        aria-label={`${name}：字段`}
        options={fields.map(({ key, label }) => ({ value: key, label }))}
        value={asked ? value.field : null}
        placeholder="选择字段"
        onChange={(field: string) => onChange({ field, values: [] })}
      />
      <span>是</span>
      <Select
        aria-label={`${name}：取值`}
        mode="multiple"
        placeholder="其中之一"
        options={asked ? conditionValues(asked).map((each) => ({ value: each, label: each })) : []}
        value={value.values}
        onChange={(values: string[]) => onChange({ ...value, values })}
      />
    </div>
  );
}

import { SearchOutlined } from '@ant-design/icons';
import {
  type ContactFilter,
  contactDirection,
  contactFilter,
  contactOrigin,
  endReason,
  type PersonRef,
  satisfactionMark,
} from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, Select, TreeSelect } from 'antd';
import { useEffect } from 'react';
import { optional } from '../forms/rule.ts';
import { api } from '../platform/api.ts';
import { type Dayjs, instantOf, wallNow, wallOf } from '../platform/beijing.ts';
import { DatePicker } from '../platform/DatePicker.tsx';
import { withoutEmpty } from '../platform/withoutEmpty.ts';
import { unitChoices } from '../units/unitChoices.ts';

type Values = Omit<ContactFilter, 'from' | 'to'> & { time?: [Dayjs | null, Dayjs | null] | null };

/** Presets are functions of the moment they are clicked: the page may stay open over midnight. */
const presets = [
  { label: '今天', value: () => [wallNow().startOf('day'), null] as const },
  { label: '昨天', value: () => [wallNow().subtract(1, 'day').startOf('day'), wallNow().startOf('day')] as const },
  { label: '近7天', value: () => [wallNow().subtract(6, 'day').startOf('day'), null] as const },
];

type Props = { filter: ContactFilter; busy: boolean; onSearch(filter: ContactFilter): void };

export function FilterForm({ filter, busy, onSearch }: Props) {
  const [form] = Form.useForm<Values>();
  const { data: options } = useQuery(api.contacts.filterOptions.queryOptions({ staleTime: 60_000 }));
  useEffect(() => form.setFieldsValue(valuesOf(filter)), [form, filter]);
  const search = (values: Values) => onSearch(filterOf(values));
  const preset = (value: () => readonly [Dayjs, Dayjs | null]) => {
    form.setFieldsValue({ time: [...value()] });
    form.submit();
  };
  return (
    <Form<Values> form={form} className="panel filter" layout="inline" onFinish={search}>
      <Form.Item name="time" label="呼入时间">
        <DatePicker.RangePicker showTime={{ format: 'HH:mm' }} format="MM-DD HH:mm" allowEmpty={[true, true]} />
      </Form.Item>
      <div className="presets">
        {presets.map(({ label, value }) => (
          <Button key={label} type="link" size="small" onClick={() => preset(value)}>
            {label}
          </Button>
        ))}
      </div>
      <Form.Item name="callerNumber" label="主叫号码" rules={[optional(contactFilter.shape.callerNumber)]}>
        <Input allowClear placeholder="完整号码或后四位" maxLength={33} style={{ width: 158 }} />
      </Form.Item>
      <Form.Item name="calledNumber" label="被叫号码" rules={[optional(contactFilter.shape.calledNumber)]}>
        <Input allowClear placeholder="服务号码" maxLength={32} style={{ width: 128 }} />
      </Form.Item>
      {options && options.agents.length > 1 && (
        <Form.Item name="agentId" label="坐席">
          <Choice width={150} options={options.agents.map((each) => ({ value: each.id, label: personName(each) }))} />
        </Form.Item>
      )}
      {options && options.units.length > 1 && (
        <Form.Item name="unitId" label="机构">
          <TreeSelect
            allowClear
            treeLine
            showSearch={{ treeNodeFilterProp: 'title' }}
            placeholder="全部"
            popupMatchSelectWidth={false}
            listHeight={360}
            style={{ width: 160 }}
            treeData={unitChoices(options.units)}
          />
        </Form.Item>
      )}
      {options && options.queues.length > 1 && (
        <Form.Item name="queueId" label="技能组">
          <Choice width={140} options={options.queues.map((each) => ({ value: each.id, label: each.name }))} />
        </Form.Item>
      )}
      <Form.Item name="endReasons" label="结束情况">
        <Choices width={190} options={worded(endReason)} />
      </Form.Item>
      <Form.Item name="direction" label="方向">
        <Choice width={90} options={worded(contactDirection)} />
      </Form.Item>
      <Form.Item name="origins" label="来源">
        <Choices width={150} options={worded(contactOrigin)} />
      </Form.Item>
      <Form.Item name="satisfaction" label="满意度">
        <Choices width={150} options={[...worded(satisfactionMark), { value: 'unanswered', label: '已推送未评价' }]} />
      </Form.Item>
      <Form.Item name="tests" valuePropName="checked">
        <Checkbox>只看试拨</Checkbox>
      </Form.Item>
      <div className="filter-buttons">
        <Button type="primary" htmlType="submit" icon={<SearchOutlined />} loading={busy}>
          查询
        </Button>
        <Button onClick={() => onSearch({ from: instantOf(wallNow().startOf('day')) })}>重置</Button>
      </div>
    </Form>
  );
}

type ChoiceProps = {
  width: number;
  options: { value: string; label: string }[];
  value?: string;
  onChange?(value: string): void;
};

function Choice({ width, ...props }: ChoiceProps) {
  return (
    <Select allowClear showSearch={{ optionFilterProp: 'label' }} placeholder="全部" style={{ width }} {...props} />
  );
}

type ChoicesProps = {
  width: number;
  options: { value: string; label: string }[];
  value?: string[];
  onChange?(value: string[]): void;
};

function Choices({ width, ...props }: ChoicesProps) {
  return <Select mode="multiple" allowClear maxTagCount="responsive" placeholder="全部" style={{ width }} {...props} />;
}

const worded = <Value extends string>({ values, labels }: { values: Value[]; labels: Record<Value, string> }) =>
  values.map((value) => ({ value, label: labels[value] }));

const personName = (person: PersonRef) => [person.agentNumber, person.name].filter(Boolean).join(' ');

function valuesOf(filter: ContactFilter): Values {
  const { from, to, ...rest } = filter;
  const cleared = {
    callerNumber: '',
    calledNumber: '',
    agentId: undefined,
    unitId: undefined,
    queueId: undefined,
    endReasons: [],
    direction: undefined,
    origins: [],
    satisfaction: [],
    tests: false,
  };
  return { ...cleared, ...rest, time: [from ? wallOf(from) : null, to ? wallOf(to) : null] } as Values;
}

function filterOf(values: Values): ContactFilter {
  const { time, ...rest } = values;
  const at = (wall: Dayjs | null | undefined) => (wall ? instantOf(wall) : undefined);
  return withoutEmpty({ ...rest, tests: rest.tests || undefined, from: at(time?.[0]), to: at(time?.[1]) });
}

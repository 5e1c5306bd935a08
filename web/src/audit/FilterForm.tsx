import { DownloadOutlined, SearchOutlined } from '@ant-design/icons';
import { type AuditAction, type AuditFilter, type AuditSubject, auditAction, auditSubject } from '@rexian/contracts';
import { Button, Form, Input, Select, Tooltip } from 'antd';
import { useEffect } from 'react';
import { type Dayjs, instantOf, wallNow, wallOf } from '../platform/beijing.ts';
import { DatePicker } from '../platform/DatePicker.tsx';
import { withoutEmpty } from '../platform/withoutEmpty.ts';

type Values = {
  time?: [Dayjs | null, Dayjs | null] | null;
  actor?: string;
  actions?: AuditAction[];
  subjects?: AuditSubject[];
  subject?: string;
  address?: string;
};

const presets = [
  { label: '今天', days: 0 },
  { label: '近7天', days: 6 },
  { label: '近30天', days: 29 },
];

type Props = {
  filter: AuditFilter;
  busy: boolean;
  exporting: boolean;
  onSearch(filter: AuditFilter): void;
  onExport(): void;
};

export function FilterForm({ filter, busy, exporting, onSearch, onExport }: Props) {
  const [form] = Form.useForm<Values>();
  useEffect(() => form.setFieldsValue(valuesOf(filter)), [form, filter]);
  const preset = (days: number) => {
    form.setFieldsValue({ time: [wallNow().subtract(days, 'day').startOf('day'), null] });
    form.submit();
  };
  return (
    <Form<Values>
      form={form}
      className="panel filter"
      layout="inline"
      onFinish={(values) => onSearch(filterOf(values))}
    >
      <Form.Item name="time" label="时间">
        <DatePicker.RangePicker showTime={{ format: 'HH:mm' }} format="MM-DD HH:mm" allowEmpty={[true, true]} />
      </Form.Item>
      <div className="presets">
        {presets.map(({ label, days }) => (
          <Button key={label} type="link" size="small" onClick={() => preset(days)}>
            {label}
          </Button>
        ))}
      </div>
      <Form.Item name="actor" label="人员">
        <Input allowClear placeholder="姓名或工号" maxLength={40} style={{ width: 130 }} />
      </Form.Item>
      <Form.Item name="actions" label="动作">
        <Several labels={auditAction.labels} values={auditAction.values} width={190} />
      </Form.Item>
      <Form.Item name="subjects" label="对象类型">
        <Several labels={auditSubject.labels} values={auditSubject.values} width={160} />
      </Form.Item>
      <Form.Item name="subject" label="对象">
        <Input allowClear placeholder="名称或编号" maxLength={60} style={{ width: 140 }} />
      </Form.Item>
      <Form.Item name="address" label="来源地址">
        <Input allowClear placeholder="IP 地址" maxLength={45} style={{ width: 130 }} />
      </Form.Item>
      <div className="filter-buttons">
        <Button type="primary" htmlType="submit" icon={<SearchOutlined />} loading={busy}>
          查询
        </Button>
        <Button onClick={() => onSearch({ from: instantOf(wallNow().subtract(6, 'day').startOf('day')) })}>重置</Button>
        <Tooltip title="按当前条件最多导出 5 万条，导出本身也会记录">
          <Button icon={<DownloadOutlined />} loading={exporting} onClick={onExport}>
            导出
          </Button>
        </Tooltip>
      </div>
    </Form>
  );
}

type SeveralProps<T extends string> = {
  labels: Record<T, string>;
  values: T[];
  width: number;
  value?: T[];
  onChange?(value: T[]): void;
};

function Several<T extends string>({ labels, values, width, ...props }: SeveralProps<T>) {
  return (
    <Select<T[]>
      mode="multiple"
      allowClear
      maxTagCount="responsive"
      placeholder="全部"
      style={{ width }}
      showSearch={{ optionFilterProp: 'label' }}
      options={values.map((value) => ({ value, label: labels[value] }))}
      {...props}
    />
  );
}

function valuesOf({ from, to, ...rest }: AuditFilter): Values {
  const cleared = { actor: '', actions: [], subjects: [], subject: '', address: '' };
  return { ...cleared, ...rest, time: [from ? wallOf(from) : null, to ? wallOf(to) : null] } as Values;
}

function filterOf({ time, ...rest }: Values): AuditFilter {
  const at = (wall: Dayjs | null | undefined) => (wall ? instantOf(wall) : undefined);
  return withoutEmpty({ ...rest, from: at(time?.[0]), to: at(time?.[1]) });
}

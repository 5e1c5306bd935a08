import { network, partnerPermissions, permission, requiredText } from '@rexian/contracts';
import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import type { Rule } from 'antd/es/form';
import { chosen, rule } from '../forms/rule.ts';
import { type Dayjs, instantOf, wallNow } from '../platform/beijing.ts';
import { DatePicker } from '../platform/DatePicker.tsx';
import { UnitSelect } from '../units/UnitSelect.tsx';

export type PartnerPermission = (typeof partnerPermissions)[number];

export type KeyFacts = {
  name: string;
  unitId: string;
  permissions: PartnerPermission[];
  networks: string[];
  ratePerMinute: number;
};

const everyNetwork: Rule = {
  validator: async (_, values: string[] | undefined) => {
    const wrong = values?.find((value) => !network.safeParse(value).success);
    if (wrong !== undefined) throw new Error(`“${wrong}”不是 IP 地址或网段`);
  },
};

/** What a key is for and what it may do. */
export function KeyFields() {
  return (
    <>
      <Form.Item name="name" label="名称" rules={[rule(requiredText(60, '请输入名称'))]}>
        <Input maxLength={60} placeholder="例如：省政务服务平台" />
      </Form.Item>
      <Form.Item
        name="unitId"
        label="所属机构"
        extra="对方能看到该机构及其下级的数据。"
        rules={[chosen('请选择所属机构')]}
      >
        <UnitSelect />
      </Form.Item>
      <Form.Item
        name="permissions"
        label="权限"
        rules={[{ type: 'array', required: true, min: 1, message: '请至少选择一项权限' }]}
      >
        <Checkbox.Group
          className="key-permissions"
          options={partnerPermissions.map((value) => ({ value, label: permission.labels[value] }))}
        />
      </Form.Item>
      <Form.Item
        name="networks"
        label="允许来源"
        extra="IP 地址或网段，如 10.2.0.0/16，回车分隔。留空则不限来源，不建议。"
        rules={[everyNetwork]}
      >
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[' ', ',', '，', ';', '\n']} />
      </Form.Item>
      <Form.Item
        name="ratePerMinute"
        label="每分钟请求上限"
        rules={[{ required: true, type: 'integer', min: 1, max: 60_000, message: '请填 1 到 60000 的整数' }]}
      >
        <InputNumber min={1} max={60_000} precision={0} style={{ width: 140 }} />
      </Form.Item>
    </>
  );
}

const years = (count: number) => ({ label: `${count} 年`, value: () => wallNow().add(count, 'year').endOf('day') });

/** Empty: for ever. */
export function ExpiryField() {
  return (
    <Form.Item name="expiresAt" label="有效期至" extra="到期后自动失效。留空则长期有效，不建议。">
      <DatePicker
        allowClear
        placeholder="长期有效"
        presets={[years(1), years(2), years(3)]}
        disabledDate={(date: Dayjs) => date.isBefore(wallNow().endOf('day'))}
        style={{ width: 180 }}
      />
    </Form.Item>
  );
}

export const inOneYear = () => wallNow().add(1, 'year').endOf('day');
/** A day chosen in the calendar counts to its end. */
export const endOfDay = (date: Dayjs | null | undefined): Date | null => (date ? instantOf(date.endOf('day')) : null);

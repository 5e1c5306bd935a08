import {
  type Trunk,
  type TrunkKind,
  trunkCode,
  trunkHost,
  trunkKind,
  trunkName,
  trunkPassword,
  trunkPort,
  trunkUsername,
} from '@rexian/contracts';
import { Form, Input, InputNumber, Select, Switch } from 'antd';
import { useViewer } from '../auth/viewer.ts';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { chosen, optional, rule } from '../forms/rule.ts';
import { useChange } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';
import { UnitSelect } from '../units/UnitSelect.tsx';

interface Facts {
  code: string;
  name: string;
  kind: TrunkKind;
  unitId: string;
  host: string;
  port: number;
  username?: string;
  password?: string;
  active: boolean;
}

const kinds = trunkKind.values.map((value) => ({ value, label: trunkKind.labels[value] }));
const explained: Record<TrunkKind, string> = {
  carrier: '外呼和转外线电话经此中继呼出。运营商送来的来电也从该地址接入。',
  platform: '与另一套平台互转来电。对方平台须添加指向本平台的同类中继，用户名和密码与这里相同。',
};

/** A way to the telephone network, or to another platform. */
export function TrunkForm({ trunk, onClose }: { trunk: Trunk | null; onClose(): void }) {
  const viewer = useViewer();
  const [form] = Form.useForm<Facts>();
  const save = useChange({
    run: (facts: Facts) => {
      const change = changeOf(facts);
      return trunk ? client.trunks.change({ ...change, id: trunk.id }) : client.trunks.create(change);
    },
    touches: [api.trunks.key(), api.accessCodes.key()],
    done: (saved) => `已保存中继 ${saved.name}`,
  });
  const { unit, state: _state, id: _id, username, ...known } = trunk ?? { unit: viewer.centre, username: null };
  const initial: Partial<Facts> = trunk
    ? { ...known, unitId: unit.id, ...(username ? { username } : {}) }
    : { kind: 'carrier', unitId: unit.id, port: 5060, active: true };
  const kind = Form.useWatch('kind', form) ?? initial.kind ?? 'carrier';
  const typed = Form.useWatch('username', form) ?? '';
  const keeps = trunk?.username != null;
  return (
    <FormDrawer<Facts>
      title={trunk ? `修改中继 ${trunk.name}` : '新增中继'}
      form={form}
      initial={initial}
      busy={save.isPending}
      error={save.error}
      onSubmit={(facts) => save.mutate(facts, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Form.Item name="name" label="名称" rules={[rule(trunkName)]}>
        <Input maxLength={40} placeholder="例如：广东12366平台" />
      </Form.Item>
      <Form.Item name="code" label="标识" extra="小写字母、数字或连字符，各中继不同。" rules={[rule(trunkCode)]}>
        <Input maxLength={24} autoComplete="off" />
      </Form.Item>
      <Form.Item name="kind" label="类型" extra={explained[kind]}>
        <Select options={kinds} />
      </Form.Item>
      <Form.Item name="unitId" label="所属机构" rules={[chosen('请选择所属机构')]}>
        <UnitSelect />
      </Form.Item>
      <Form.Item name="host" label="对端地址" rules={[rule(trunkHost)]}>
        <Input maxLength={200} placeholder="IPv4 地址或域名" autoComplete="off" />
      </Form.Item>
      <Form.Item name="port" label="SIP 端口（UDP）" rules={[rule(trunkPort)]}>
        <InputNumber min={1} max={65_535} precision={0} />
      </Form.Item>
      <Form.Item
        name="username"
        label="认证用户名"
        extra="对端只按地址识别本平台时留空。"
        rules={[optional(trunkUsername)]}
      >
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="password"
        label="认证密码"
        hidden={typed === ''}
        extra={keeps ? '不修改时留空。' : undefined}
        rules={typed === '' ? [] : [keeps ? optional(trunkPassword) : rule(trunkPassword)]}
      >
        <Input.Password maxLength={100} autoComplete="new-password" />
      </Form.Item>
      <Form.Item name="active" label="启用" valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormDrawer>
  );
}

function changeOf({ username, password, ...facts }: Facts) {
  if (!username) return { ...facts, username: null };
  return { ...facts, username, ...(password ? { password } : {}) };
}

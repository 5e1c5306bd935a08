import {
  type Partner,
  type PartnerKind,
  partnerAddress,
  partnerKind,
  partnerName,
  partnerSecret,
} from '@rexian/contracts';
import { Form, Input, InputNumber, Select, Switch } from 'antd';
import { useViewer } from '../auth/viewer.ts';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { chosen, optional, rule } from '../forms/rule.ts';
import { useChange } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';
import { worded } from '../platform/worded.ts';
import { UnitSelect } from '../units/UnitSelect.tsx';
import type { Credentials } from './CredentialsShown.tsx';

interface Facts {
  name: string;
  kind: PartnerKind;
  unitId: string;
  address: string;
  theirKey?: string;
  theirSecret?: string;
  deadlineSeconds: number;
  enabled: boolean;
}

export const partnerTouches = [api.partners.key(), api.keys.key()];
const explained: Record<PartnerKind, string> = {
  rexian: '另一套本系统。地址填到域名即可，例如 https://12366.example.gov.cn。',
  platform_12345: '按 12345 工单交换接口互转。地址填到对方接口根路径。',
};
type Told = (credentials: Credentials) => void;

export function PartnerForm({ partner, onTold, onClose }: { partner: Partner | null; onTold: Told; onClose(): void }) {
  const viewer = useViewer();
  const [form] = Form.useForm<Facts>();
  const create = useChange({ run: client.partners.create, touches: partnerTouches });
  const change = useChange({
    run: client.partners.change,
    touches: partnerTouches,
    done: ({ name }) => `已保存“${name}”`,
  });
  const submit = ({ kind, unitId, theirKey, theirSecret, ...facts }: Facts) => {
    const theirs = { ...(theirKey ? { theirKey } : {}), ...(theirSecret ? { theirSecret } : {}) };
    if (partner) return change.mutate({ ...facts, ...theirs, id: partner.id }, { onSuccess: onClose });
    create.mutate(
      { ...facts, ...theirs, kind, unitId },
      { onSuccess: ({ partner: { name }, key, secret }) => onTold({ name, key, secret }) },
    );
  };
  const initial: Partial<Facts> = partner
    ? { ...partner, unitId: partner.unit.id }
    : { kind: 'rexian', unitId: viewer.centre.id, deadlineSeconds: 10, enabled: true };
  const kind = Form.useWatch('kind', form) ?? initial.kind ?? 'rexian';
  const known = partner?.keyHint;
  return (
    <FormDrawer<Facts>
      title={partner ? `修改协同平台“${partner.name}”` : '新增协同平台'}
      form={form}
      initial={initial}
      busy={create.isPending || change.isPending}
      error={create.error ?? change.error}
      okText={partner ? '保存' : '生成凭据'}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="name" label="名称" rules={[rule(partnerName)]}>
        <Input maxLength={40} placeholder="例如：自治区12345平台" />
      </Form.Item>
      <Form.Item name="kind" label="类型" extra={explained[kind]}>
        <Select options={worded(partnerKind)} disabled={partner !== null} />
      </Form.Item>
      <Form.Item
        name="unitId"
        label="所属机构"
        extra="对方转来的工单归该机构；该机构及其下级的工单流程可推送到对方。"
        rules={[chosen('请选择所属机构')]}
      >
        <UnitSelect disabled={partner !== null} />
      </Form.Item>
      <Form.Item name="address" label="接口地址" rules={[rule(partnerAddress)]}>
        <Input maxLength={300} placeholder="https://" autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="theirKey"
        label="对方提供的接口密钥"
        extra={known ? `已填写，末四位 ${known}。不修改时留空。` : '可稍后填写；填写前不能向对方发送。'}
        rules={[optional(partnerSecret)]}
      >
        <Input.Password maxLength={200} autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="theirSecret"
        label="对方提供的签名密钥"
        extra={known ? '不修改时留空。' : undefined}
        rules={[optional(partnerSecret)]}
      >
        <Input.Password maxLength={200} autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="deadlineSeconds"
        label="应答时限"
        rules={[{ required: true, type: 'integer', min: 1, max: 60, message: '请填 1 到 60 的整数' }]}
      >
        <InputNumber min={1} max={60} precision={0} suffix="秒" style={{ width: 140 }} />
      </Form.Item>
      <Form.Item name="enabled" label="启用" valuePropName="checked" extra="停用后不收不发，待发送的消息保留。">
        <Switch />
      </Form.Item>
    </FormDrawer>
  );
}

const overlaps = [
  { value: 0, label: '立即失效（怀疑泄露时）' },
  { value: 24, label: '1 天' },
  { value: 72, label: '3 天' },
  { value: 168, label: '7 天' },
];

export function RotateForm({ partner, onTold, onClose }: { partner: Partner; onTold: Told; onClose(): void }) {
  const { id, name } = partner;
  const rotate = useChange({ run: client.partners.rotate, touches: partnerTouches });
  return (
    <FormDrawer<{ overlapHours: number }>
      title={`轮换“${name}”的凭据`}
      initial={{ overlapHours: 72 }}
      busy={rotate.isPending}
      error={rotate.error}
      okText="生成新凭据"
      onSubmit={({ overlapHours }) =>
        rotate.mutate({ id, overlapHours }, { onSuccess: ({ key, secret }) => onTold({ name, key, secret }) })
      }
      onClose={onClose}
    >
      <p className="form-note">新凭据交给对方更换。旧凭据在并行期内仍可使用，业务不中断。</p>
      <Form.Item name="overlapHours" label="旧凭据继续有效">
        <Select options={overlaps} />
      </Form.Item>
    </FormDrawer>
  );
}

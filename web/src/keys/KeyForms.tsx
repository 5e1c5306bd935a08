import { type ApiKey, partnerPermissions } from '@rexian/contracts';
import { Form, Select } from 'antd';
import { useViewer } from '../auth/viewer.ts';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { useChange } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';
import type { Dayjs } from '../platform/beijing.ts';
import { ExpiryField, endOfDay, inOneYear, type KeyFacts, KeyFields } from './KeyFields.tsx';

type Expiry = { expiresAt: Dayjs | null };
type Told = (key: ApiKey, secret: string) => void;

export const keyTouches = [api.keys.key()];

export function NewKeyForm({ onTold, onClose }: { onTold: Told; onClose(): void }) {
  const viewer = useViewer();
  const create = useChange({ run: client.keys.create, touches: keyTouches });
  const submit = ({ expiresAt, ...facts }: KeyFacts & Expiry) =>
    create.mutate(
      { ...facts, expiresAt: endOfDay(expiresAt) },
      { onSuccess: ({ key, secret }) => onTold(key, secret) },
    );
  return (
    <FormDrawer<KeyFacts & Expiry>
      title="新增接口密钥"
      initial={{ unitId: viewer.centre.id, permissions: [], networks: [], ratePerMinute: 600, expiresAt: inOneYear() }}
      busy={create.isPending}
      error={create.error}
      okText="生成密钥"
      onSubmit={submit}
      onClose={onClose}
    >
      <KeyFields />
      <ExpiryField />
    </FormDrawer>
  );
}

export function ChangeKeyForm({ apiKey, onClose }: { apiKey: ApiKey; onClose(): void }) {
  const change = useChange({ run: client.keys.change, touches: keyTouches, done: ({ name }) => `已保存“${name}”` });
  const { id, name, unit, networks, ratePerMinute } = apiKey;
  const permissions = partnerPermissions.filter((each) => apiKey.permissions.includes(each));
  return (
    <FormDrawer<KeyFacts>
      title={`修改接口密钥“${name}”`}
      initial={{ name, unitId: unit.id, permissions, networks, ratePerMinute }}
      busy={change.isPending}
      error={change.error}
      onSubmit={(facts) => change.mutate({ ...facts, id }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <KeyFields />
      <p className="form-note">保存后立即对正在使用的密钥生效。</p>
    </FormDrawer>
  );
}

const overlaps = [
  { value: 0, label: '立即失效（怀疑泄露时）' },
  { value: 24, label: '1 天' },
  { value: 72, label: '3 天' },
  { value: 168, label: '7 天' },
  { value: 720, label: '30 天' },
];

/** A new secret while the old one still works: the partner changes over without an interruption. */
export function RotateKeyForm({ apiKey, onTold, onClose }: { apiKey: ApiKey; onTold: Told; onClose(): void }) {
  const rotate = useChange({ run: client.keys.rotate, touches: keyTouches });
  const submit = ({ overlapHours, expiresAt }: { overlapHours: number } & Expiry) =>
    rotate.mutate(
      { id: apiKey.id, overlapHours, expiresAt: endOfDay(expiresAt) },
      { onSuccess: ({ key, secret }) => onTold(key, secret) },
    );
  return (
    <FormDrawer<{ overlapHours: number } & Expiry>
      title={`轮换接口密钥“${apiKey.name}”`}
      initial={{ overlapHours: 168, expiresAt: inOneYear() }}
      busy={rotate.isPending}
      error={rotate.error}
      okText="生成新密钥"
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="form-note">生成新密钥交给对方更换，旧密钥在并行期内仍可使用，业务不中断。</p>
      <Form.Item name="overlapHours" label="旧密钥继续有效">
        <Select options={overlaps} />
      </Form.Item>
      <ExpiryField />
    </FormDrawer>
  );
}

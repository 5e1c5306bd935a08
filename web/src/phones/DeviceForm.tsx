import { type Device, deviceLabel, deviceName } from '@rexian/contracts';
import { Alert, Form, Input } from 'antd';
import { useViewer } from '../auth/viewer.ts';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { chosen, rule } from '../forms/rule.ts';
import { useChange } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';
import { AgentSelect } from '../queues/AgentSelect.tsx';
import { UnitSelect } from '../units/UnitSelect.tsx';
import type { ShownAccount } from './AccountShown.tsx';

type Facts = { name: string; label: string; unitId: string; personId?: string };
type Props = {
  device: Device | null;
  /** Where a new one is proposed to stand. */
  unitId: string | undefined;
  onCreated(account: ShownAccount): void;
  onClose(): void;
};

/** An IP phone: its SIP name, where it stands, and whose it is. */
export function DeviceForm({ device, unitId, onCreated, onClose }: Props) {
  const { chosenCentre, centre } = useViewer();
  const save = useChange({
    run: async ({ personId, ...facts }: Facts): Promise<ShownAccount | null> => {
      const change = { ...facts, personId: personId ?? null };
      if (!device) return client.phones.create(change);
      await client.phones.change({ ...change, id: device.id });
      return null;
    },
    touches: [api.phones.key()],
    done: (_, { label }) => `已保存话机“${label}”`,
  });
  const finish = (account: ShownAccount | null) => {
    onClose();
    if (account) onCreated(account);
  };
  const used = device !== null && device.inUseBy !== null;
  return (
    <FormDrawer<Facts>
      title={device ? `修改话机“${device.label}”` : '新增 IP 话机'}
      initial={device ? factsOf(device) : { name: 'sip-', unitId: unitId ?? (chosenCentre ?? centre).id }}
      busy={save.isPending}
      error={save.error}
      onSubmit={(facts) => save.mutate(facts, { onSuccess: finish })}
      onClose={onClose}
    >
      {used && (
        <Alert
          className="phones-note"
          type="info"
          showIcon
          title={`${device.inUseBy}正用该话机签入，签出前只能改名称`}
        />
      )}
      <Form.Item name="label" label="名称" rules={[rule(deviceLabel)]}>
        <Input maxLength={40} placeholder="例如：一号席话机" />
      </Form.Item>
      <Form.Item
        name="name"
        label="账号"
        extra={device ? '改账号后话机须按新账号重新注册。' : '填入话机的用户名，以 sip- 开头，例如 sip-1001。'}
        rules={[rule(deviceName)]}
      >
        <Input maxLength={32} autoComplete="off" spellCheck={false} disabled={used} />
      </Form.Item>
      <Form.Item name="unitId" label="所属机构" rules={[chosen('请选择所属机构')]}>
        <UnitSelect disabled={used} />
      </Form.Item>
      <Form.Item name="personId" label="使用人" extra="只有使用人能用它签入；不选则为本机构及下级的坐席公用。">
        <AgentSelect known={device?.person ? [device.person] : []} placeholder="公用" disabled={used} />
      </Form.Item>
    </FormDrawer>
  );
}

function factsOf({ name, label, unit, person }: Device): Facts {
  return { name, label, unitId: unit.id, ...(person ? { personId: person.id } : {}) };
}

import { Radio, Skeleton } from 'antd';
import { Tag } from '../../platform/Tag.tsx';

type Device = { id: string; label: string; name: string; registered: boolean; inUseBy: string | null };
type Props = { devices: Device[] | undefined; chosen: string | null; onChoose(id: string): void };

/** IP phones of this agent: registered ones first, those in use can't be chosen. */
export function DeviceList({ devices, chosen, onChoose }: Props) {
  if (!devices) return <Skeleton active title={false} paragraph={{ rows: 2 }} />;
  if (devices.length === 0)
    return <p className="muted">没有分配给您的 IP 话机，也没有空闲的公用话机，请联系管理员。</p>;
  const ordered = devices.toSorted(
    (a, b) => Number(b.registered) - Number(a.registered) || a.label.localeCompare(b.label, 'zh-CN'),
  );
  return (
    <Radio.Group
      className="device-list"
      value={chosen}
      onChange={(event) => onChoose(String(event.target.value))}
      aria-label="IP 话机"
    >
      {ordered.map(({ id, label, name, registered, inUseBy }) => (
        <Radio key={id} value={id} disabled={inUseBy !== null}>
          <b>{label}</b>
          <span className="muted">{name}</span>
          {inUseBy ? (
            <Tag tone="not-ready">{inUseBy} 使用中</Tag>
          ) : (
            <Tag tone={registered ? 'ready' : 'fault'}>{registered ? '已注册' : '未注册'}</Tag>
          )}
        </Radio>
      ))}
    </Radio.Group>
  );
}

import { CopyOutlined } from '@ant-design/icons';
import type { Device } from '@rexian/contracts';
import { Alert, Button, Descriptions, Modal } from 'antd';
import { useCopy } from '../platform/copy.ts';
import { registrarText } from './account.ts';

export interface ShownAccount {
  device: Device;
  password: string;
  registrar: { host: string; port: number };
}

/** What is typed into the phone; the password is told this once. */
export function AccountShown({ shown, onClose }: { shown: ShownAccount; onClose(): void }) {
  const copy = useCopy();
  const { device, password, registrar } = shown;
  const rows: [string, string][] = [
    ['SIP 服务器', registrarText(registrar, location.hostname)],
    ['传输协议', 'UDP'],
    ['用户名', device.name],
    ['认证用户名', device.name],
    ['密码', password],
  ];
  const text = rows.map(([name, value]) => `${name}：${value}`).join('\n');
  return (
    <Modal
      open
      title={`“${device.label}”的注册信息`}
      onCancel={onClose}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <>
          <Button icon={<CopyOutlined />} onClick={() => void copy(text, '已复制注册信息')}>
            复制
          </Button>
          <Button type="primary" onClick={onClose}>
            已填入话机
          </Button>
        </>
      }
    >
      <Alert type="warning" showIcon title="密码只显示这一次，请填入话机。遗失后只能更换密码。" />
      <Descriptions
        className="account-shown"
        column={1}
        bordered
        size="small"
        items={rows.map(([name, value]) => ({
          key: name,
          label: name,
          children: <code {...(name === '密码' ? { 'data-testid': 'device-password' } : {})}>{value}</code>,
        }))}
      />
    </Modal>
  );
}

import { CopyOutlined } from '@ant-design/icons';
import { Alert, Button, Modal } from 'antd';
import { useCopy } from '../platform/copy.ts';

export interface Credentials {
  name: string;
  key: string;
  secret: string;
}

/** Told this once: the other side puts them into its own 协同平台. */
export function CredentialsShown({ shown, onClose }: { shown: Credentials; onClose(): void }) {
  return (
    <Modal
      open
      width={680}
      title={`交给“${shown.name}”的凭据`}
      onCancel={onClose}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" onClick={onClose}>
          已保存
        </Button>
      }
    >
      <Alert type="warning" showIcon title="只显示这一次，请通过安全渠道交给对方。遗失后只能轮换。" />
      <Credential label="接口密钥" value={shown.key} />
      <Credential label="签名密钥" value={shown.secret} />
      <p className="muted">对方在其“协同平台”中填写这两项，并把对方的两项交给本平台填写，双方即可互转工单。</p>
    </Modal>
  );
}

function Credential({ label, value }: { label: string; value: string }) {
  const copy = useCopy();
  return (
    <div className="credential">
      <span>{label}</span>
      <code>{value}</code>
      <Button icon={<CopyOutlined />} aria-label={`复制${label}`} onClick={() => void copy(value, `${label}已复制`)} />
    </div>
  );
}

import { CopyOutlined } from '@ant-design/icons';
import { Alert, Button, Modal } from 'antd';
import { useCopy } from '../platform/copy.ts';

export interface ShownSecret {
  name: string;
  secret: string;
}

/** Told this once; only its hash is kept. */
export function SecretShown({ shown, onClose }: { shown: ShownSecret; onClose(): void }) {
  const copy = useCopy();
  return (
    <Modal
      open
      width={620}
      title={`“${shown.name}”的密钥`}
      onCancel={onClose}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <>
          <Button icon={<CopyOutlined />} onClick={() => void copy(shown.secret, '密钥已复制')}>
            复制
          </Button>
          <Button type="primary" onClick={onClose}>
            已保存
          </Button>
        </>
      }
    >
      <Alert type="warning" showIcon title="密钥只显示这一次，请通过安全渠道交给对方。遗失后只能轮换。" />
      <code className="secret" data-testid="api-secret">
        {shown.secret}
      </code>
      <p className="muted">
        请求时放在 HTTP 头中：<code>Authorization: Bearer 密钥</code>，接口说明见{' '}
        <a href="/api/docs" target="_blank" rel="noreferrer">
          接口文档
        </a>
        。
      </p>
    </Modal>
  );
}

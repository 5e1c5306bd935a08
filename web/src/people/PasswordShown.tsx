import { CopyOutlined } from '@ant-design/icons';
import { Alert, Button, Descriptions, Modal } from 'antd';
import { useCopy } from '../platform/copy.ts';

export interface ShownPassword {
  name: string;
  login: string;
  password: string;
}

/** A temporary password, told this once. */
export function PasswordShown({ shown, onClose }: { shown: ShownPassword; onClose(): void }) {
  const copy = useCopy();
  const text = `工号 ${shown.login}，临时密码 ${shown.password}`;
  return (
    <Modal
      open
      title={`“${shown.name}”的临时密码`}
      onCancel={onClose}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <>
          <Button icon={<CopyOutlined />} onClick={() => void copy(text, '已复制工号和临时密码')}>
            复制
          </Button>
          <Button type="primary" onClick={onClose}>
            已告知本人
          </Button>
        </>
      }
    >
      <Alert type="warning" showIcon title="密码只显示这一次，请告知本人。首次登录时须修改密码。" />
      <Descriptions
        className="password-shown"
        column={1}
        bordered
        size="small"
        items={[
          { key: 'login', label: '工号', children: shown.login },
          {
            key: 'password',
            label: '临时密码',
            children: <code data-testid="temporary-password">{shown.password}</code>,
          },
        ]}
      />
    </Modal>
  );
}

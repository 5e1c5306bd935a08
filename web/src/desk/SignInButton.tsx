import { DownOutlined } from '@ant-design/icons';
import { type PhoneKind, phoneKind } from '@rexian/contracts';
import { Button, Dropdown, Space } from 'antd';
import { useDesk } from './DeskProvider.tsx';
import { requestNotifications } from './useAttention.ts';

/** Signs in with the browser's phone; the menu offers the IP phone. */
export function SignInButton({ label, size = 'middle' }: { label: string; size?: 'middle' | 'large' }) {
  const { own, signIn } = useDesk();
  const busy = own.phase === 'signing_in';
  const run = (kind: PhoneKind) => {
    requestNotifications();
    void signIn(kind);
  };
  return (
    <Space.Compact>
      <Button type="primary" size={size} loading={busy} onClick={() => run('browser')}>
        {label}
      </Button>
      <Dropdown
        trigger={['click']}
        disabled={busy}
        menu={{
          items: phoneKind.values.map((key) => ({ key, label: `用${phoneKind.labels[key]}签入` })),
          onClick: ({ key }) => run(phoneKind.schema.parse(key)),
        }}
      >
        <Button type="primary" size={size} icon={<DownOutlined />} aria-label="选择话机" />
      </Dropdown>
    </Space.Compact>
  );
}

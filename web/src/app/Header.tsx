import { DownOutlined, LogoutOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Dropdown } from 'antd';
import { useNavigate } from 'react-router';
import { forgetViewer, may, useViewer } from '../auth/viewer.ts';
import { deskSession } from '../desk/session.ts';
import { TodayFigures } from '../desk/TodayFigures.tsx';
import { NoticeBell } from '../notices/NoticeBell.tsx';
import { client } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import { Logo } from '../platform/Logo.tsx';
import { CentreSwitcher } from './CentreSwitcher.tsx';

export function Header() {
  const viewer = useViewer();
  return (
    <header className="shell-header">
      <Logo />
      <strong>热线 Rexian</strong>
      <CentreSwitcher />
      {may(viewer, 'desk.use') && <TodayFigures />}
      <NoticeBell />
      <ViewerMenu />
      <SignOut />
    </header>
  );
}

function ViewerMenu() {
  const viewer = useViewer();
  const navigate = useNavigate();
  const items = [
    { key: '/account', label: '我的账号' },
    { key: '/account#password', label: '修改密码' },
    { key: '/account#totp', label: '动态口令' },
    { key: '/account#sessions', label: '登录会话' },
  ];
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => void navigate(key) }}>
      <Button type="text" size="small" className="shell-viewer" aria-label={`${viewer.name}，我的账号`}>
        {viewer.name}
        {viewer.agentNumber && <em>坐席号 {viewer.agentNumber}</em>}
        <DownOutlined />
      </Button>
    </Dropdown>
  );
}

function SignOut() {
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const logout = useMutation({
    mutationFn: async () => {
      await deskSession.signOut();
      await client.auth.logout();
    },
    onSuccess: () => forgetViewer(queryClient),
    onError: (error) => void message.error(errorText(error)),
  });
  return (
    <Button
      type="text"
      size="small"
      icon={<LogoutOutlined />}
      loading={logout.isPending}
      onClick={() => logout.mutate()}
    >
      退出
    </Button>
  );
}

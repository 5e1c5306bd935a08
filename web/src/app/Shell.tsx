import { BarChartOutlined, CustomerServiceOutlined, FileSearchOutlined, LogoutOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { forgetViewer, may, useViewer } from '../auth/viewer.ts';
import { DeskBar } from '../desk/DeskBar.tsx';
import { DeskProvider } from '../desk/DeskProvider.tsx';
import { deskSession } from '../desk/session.ts';
import { TodayFigures } from '../desk/TodayFigures.tsx';
import { client } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import { LinkBanner } from './LinkBanner.tsx';
import { Logo } from './Logo.tsx';
import { PAGE_CONTENT } from './pageContent.ts';
import { useRealtime } from './useRealtime.ts';

export function Shell({ children }: { children: ReactNode }) {
  const viewer = useViewer();
  useRealtime();
  const page = (
    <div className="shell">
      <Header />
      <Menu />
      <div className="shell-main">
        <LinkBanner />
        {may(viewer, 'desk.use') && <DeskBar />}
        <div className="shell-content" id={PAGE_CONTENT}>
          <main className="shell-page">{children}</main>
        </div>
      </div>
    </div>
  );
  return may(viewer, 'desk.use') ? <DeskProvider>{page}</DeskProvider> : page;
}

function Header() {
  const viewer = useViewer();
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
    <header className="shell-header">
      <Logo />
      <strong>热线 Rexian</strong>
      <span className="shell-unit">{viewer.unit.name}</span>
      {may(viewer, 'desk.use') && <TodayFigures />}
      <span className="shell-viewer">
        {viewer.name}
        {viewer.agentNumber && <em>工号 {viewer.agentNumber}</em>}
      </span>
      <Button
        type="text"
        size="small"
        icon={<LogoutOutlined />}
        loading={logout.isPending}
        onClick={() => logout.mutate()}
      >
        退出
      </Button>
    </header>
  );
}

function Menu() {
  const viewer = useViewer();
  return (
    <nav className="shell-menu" aria-label="主菜单">
      {may(viewer, 'desk.use') && (
        <NavLink to="/desk">
          <CustomerServiceOutlined />
          坐席工作台
        </NavLink>
      )}
      {may(viewer, 'contacts.read', 'contacts.read_own') && (
        <NavLink to="/contacts">
          <FileSearchOutlined />
          通话记录
        </NavLink>
      )}
      {may(viewer, 'monitor.read') && (
        <NavLink to="/monitor">
          <BarChartOutlined />
          现场监控
        </NavLink>
      )}
    </nav>
  );
}

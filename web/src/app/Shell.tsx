import { Fragment, type ReactNode } from 'react';
import { NavLink } from 'react-router';
import { may, useViewer } from '../auth/viewer.ts';
import { DeskBar } from '../desk/DeskBar.tsx';
import { DeskProvider } from '../desk/DeskProvider.tsx';
import { SuperviseBar } from '../monitor/SuperviseBar.tsx';
import { Header } from './Header.tsx';
import { LinkBanner } from './LinkBanner.tsx';
import { PAGE_CONTENT } from './pageContent.ts';
import { pagesOf } from './pages.tsx';
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
        {may(viewer, 'desk.use') && may(viewer, 'monitor.supervise') && <SuperviseBar />}
      </div>
    </div>
  );
  return may(viewer, 'desk.use') ? <DeskProvider>{page}</DeskProvider> : page;
}

function Menu() {
  const groups = pagesOf(useViewer());
  return (
    <nav className="shell-menu" aria-label="主菜单">
      {groups.map(({ label, pages }) => (
        <Fragment key={label}>
          {groups.length > 1 && <h2>{label}</h2>}
          {pages.map(({ path, label, icon: Icon, badge: Badge }) => (
            <NavLink key={path} to={path}>
              <Icon />
              {label}
              {Badge && <Badge />}
            </NavLink>
          ))}
        </Fragment>
      ))}
    </nav>
  );
}

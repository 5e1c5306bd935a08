import { Fragment, type ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { may, useViewer } from '../auth/viewer.ts';
import { DeskBar } from '../desk/DeskBar.tsx';
import { DeskProvider } from '../desk/DeskProvider.tsx';
import { useLookupFocus } from '../lookup/useLookupFocus.ts';
import { SuperviseBar } from '../monitor/SuperviseBar.tsx';
import { NoticeToasts } from '../notices/NoticeToasts.tsx';
import { PAGE_CONTENT } from '../platform/pageContent.ts';
import { Header } from './Header.tsx';
import { LinkBanner } from './LinkBanner.tsx';
import { menuOf } from './pages.tsx';
import { useRealtime } from './useRealtime.ts';

export function Shell({ children }: { children: ReactNode }) {
  const viewer = useViewer();
  useRealtime();
  useLookupFocus();
  const page = (
    <div className="shell">
      <Header />
      <NoticeToasts />
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
  const groups = menuOf(useViewer());
  const { pathname } = useLocation();
  // One page's path may lie within another's: the longest is the one that is open.
  const [open] = groups
    .flatMap(({ pages }) => pages.map(({ path }) => path))
    .filter((path) => pathname === path || pathname.startsWith(`${path}/`))
    .sort((a, b) => b.length - a.length);
  return (
    <nav className="shell-menu" aria-label="主菜单">
      {groups.map(({ label, pages }) => (
        <Fragment key={label}>
          {groups.length > 1 && <h2>{label}</h2>}
          {pages.map(({ path, label, icon: Icon, badge: Badge }) => (
            <Link key={path} to={path} {...(path === open ? { className: 'active', 'aria-current': 'page' } : {})}>
              <Icon />
              {label}
              {Badge && <Badge />}
            </Link>
          ))}
        </Fragment>
      ))}
    </nav>
  );
}

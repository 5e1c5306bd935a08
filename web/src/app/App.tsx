import type { Viewer } from '@rexian/contracts';
import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, Button, ConfigProvider, Result, Spin } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { lazy, Suspense, useMemo } from 'react';
import { createBrowserRouter, Navigate, Route, RouterProvider, Routes } from 'react-router';
import { LoginPage } from '../auth/LoginPage.tsx';
import { useViewerQuery, ViewerProvider } from '../auth/viewer.ts';
import { errorText } from '../platform/errors.ts';
import { ErrorBoundary, PageFault } from './ErrorBoundary.tsx';
import { homeOf, pagesOf } from './pages.tsx';
import { queryClient } from './queries.ts';
import { Shell } from './Shell.tsx';
import { appTheme, still } from './theme.ts';
import { useMotion } from './useMotion.ts';

const DuePage = lazy(() => import('../account/DuePage.tsx'));
const AccountPage = lazy(() => import('../account/AccountPage.tsx'));

// A router of this kind can hold back whoever leaves unsaved work.
const router = createBrowserRouter([{ path: '*', element: <Entrance />, errorElement: <PageFault /> }]);

export function App() {
  const motion = useMotion();
  const theme = useMemo(() => (motion ? appTheme : still(appTheme)), [motion]);
  return (
    <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
      <AntApp message={{ maxCount: 3 }}>
        <ErrorBoundary>
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </ErrorBoundary>
      </AntApp>
    </ConfigProvider>
  );
}

/** Log-in page, what is due, or shell: whichever the session allows. The address stays, so that a deep link survives the log-in. */
function Entrance() {
  const { data: viewer, isPending, error, refetch, isFetching } = useViewerQuery();
  if (isPending) return <Spin className="page-spin" size="large" />;
  // Whoever is inside stays there when it can't be asked again just now: what they are typing would be lost.
  if (error && viewer === undefined) {
    return (
      <Result
        status="warning"
        title={errorText(error)}
        extra={
          <Button type="primary" loading={isFetching} onClick={() => void refetch()}>
            重试
          </Button>
        }
      />
    );
  }
  if (!viewer) return <LoginPage />;
  return (
    <ViewerProvider value={viewer} key={viewer.id}>
      {viewer.due ? (
        <Suspense fallback={<Spin className="page-spin" size="large" />}>
          <DuePage />
        </Suspense>
      ) : (
        <Inside viewer={viewer} />
      )}
    </ViewerProvider>
  );
}

function Inside({ viewer }: { viewer: Viewer }) {
  return (
    <Shell>
      {/* Another centre is another page: what was chosen or opened on it belongs to the one before. */}
      <Suspense key={viewer.chosenCentre?.id ?? 'all'} fallback={<Spin className="page-spin" />}>
        <Routes>
          {pagesOf(viewer).flatMap(({ pages }) =>
            pages.map(({ path, rest = '', component: Component }) => (
              <Route key={path} path={path + rest} element={<Component />} />
            )),
          )}
          <Route path="/account" element={<AccountPage />} />
          <Route path="*" element={<Navigate to={homeOf(viewer)} replace />} />
        </Routes>
      </Suspense>
    </Shell>
  );
}

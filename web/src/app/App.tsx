import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, Button, ConfigProvider, Result, Spin } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { lazy, Suspense } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { LoginPage } from '../auth/LoginPage.tsx';
import { homeOf, may, useViewerQuery, ViewerProvider } from '../auth/viewer.ts';
import { DeskPage } from '../desk/DeskPage.tsx';
import { errorText } from '../platform/errors.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { queryClient } from './queries.ts';
import { Shell } from './Shell.tsx';
import { appTheme } from './theme.ts';

dayjs.locale('zh-cn');

const ContactsPage = lazy(() => import('../contacts/ContactsPage.tsx'));
const MonitorPage = lazy(() => import('../monitor/MonitorPage.tsx'));

export function App() {
  return (
    <ConfigProvider locale={zhCN} theme={appTheme} button={{ autoInsertSpace: false }}>
      <AntApp message={{ maxCount: 3 }}>
        <ErrorBoundary>
          <QueryClientProvider client={queryClient}>
            <BrowserRouter>
              <Entrance />
            </BrowserRouter>
          </QueryClientProvider>
        </ErrorBoundary>
      </AntApp>
    </ConfigProvider>
  );
}

/** Log-in page or shell, whichever the session allows. The address stays, so that a deep link survives the log-in. */
function Entrance() {
  const { data: viewer, isPending, error, refetch, isFetching } = useViewerQuery();
  if (isPending) return <Spin className="page-spin" size="large" />;
  if (error) {
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
  const home = homeOf(viewer);
  return (
    <ViewerProvider value={viewer} key={viewer.id}>
      <Shell>
        <Suspense fallback={<Spin className="page-spin" />}>
          <Routes>
            {may(viewer, 'desk.use') && <Route path="/desk" element={<DeskPage />} />}
            {may(viewer, 'contacts.read', 'contacts.read_own') && (
              <Route path="/contacts/:id?" element={<ContactsPage />} />
            )}
            {may(viewer, 'monitor.read') && <Route path="/monitor" element={<MonitorPage />} />}
            <Route path="*" element={<Navigate to={home} replace />} />
          </Routes>
        </Suspense>
      </Shell>
    </ViewerProvider>
  );
}

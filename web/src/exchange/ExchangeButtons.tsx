import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import type { ExchangeKind } from '@rexian/contracts';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { client } from '../platform/api.ts';
import { kinds } from './kinds.ts';
import { useDownload } from './useDownload.ts';
import './exchange.css';

const ImportDialog = lazy(() => import('./ImportDialog.tsx'));

/** 导入 (for who may change the kind) and 导出 of one kind as Excel files. */
export function ExchangeButtons({ kind }: { kind: ExchangeKind }) {
  const viewer = useViewer();
  const [importing, setImporting] = useState(false);
  const exporting = useDownload(() => client.exchange.export({ kind }));
  return (
    <span className="exchange-buttons">
      {may(viewer, kinds[kind].permission) && (
        <Button icon={<UploadOutlined />} onClick={() => setImporting(true)}>
          导入
        </Button>
      )}
      <Button icon={<DownloadOutlined />} loading={exporting.isPending} onClick={() => exporting.mutate()}>
        导出
      </Button>
      {importing && (
        <Suspense>
          <ImportDialog kind={kind} onClose={() => setImporting(false)} />
        </Suspense>
      )}
    </span>
  );
}

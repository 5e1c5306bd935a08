import { UploadOutlined } from '@ant-design/icons';
import type { ImportKind } from '@rexian/contracts';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { kinds } from './kinds.ts';
import './exchange.css';

const ImportDialog = lazy(() => import('./ImportDialog.tsx'));

/** 导入 of one kind from an Excel file, for who may. */
export function ImportButton({ kind }: { kind: ImportKind }) {
  const viewer = useViewer();
  const [importing, setImporting] = useState(false);
  if (!may(viewer, kinds[kind].permission)) return null;
  return (
    <>
      <Button icon={<UploadOutlined />} onClick={() => setImporting(true)}>
        导入
      </Button>
      {importing && (
        <Suspense>
          <ImportDialog kind={kind} onClose={() => setImporting(false)} />
        </Suspense>
      )}
    </>
  );
}

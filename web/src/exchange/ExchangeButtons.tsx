import { DownloadOutlined } from '@ant-design/icons';
import type { ExchangeKind } from '@rexian/contracts';
import { Button } from 'antd';
import { client } from '../platform/api.ts';
import { ImportButton } from './ImportButton.tsx';
import { useDownload } from './useDownload.ts';
import './exchange.css';

/** 导入 (for who may change the kind) and 导出 of one kind as Excel files. */
export function ExchangeButtons({ kind }: { kind: ExchangeKind }) {
  const exporting = useDownload(() => client.exchange.export({ kind }));
  return (
    <span className="exchange-buttons">
      <ImportButton kind={kind} />
      <Button icon={<DownloadOutlined />} loading={exporting.isPending} onClick={() => exporting.mutate()}>
        导出
      </Button>
    </span>
  );
}

import { DownloadOutlined, HistoryOutlined } from '@ant-design/icons';
import { Badge, Button, Popover } from 'antd';
import { useState } from 'react';
import { useAction } from '../forms/useChange.ts';
import { api } from '../platform/api.ts';
import { ExportList } from './ExportList.tsx';
import { isUnderWay, useExports } from './useExports.ts';
import './exports.css';

/** 导出 of what is listed (`run` asks for it), and 导出任务: what was exported before. For those who may. */
export function ExportButton({ run }: { run(): Promise<unknown> }) {
  const [open, setOpen] = useState(false);
  const list = useExports();
  const ask = useAction({
    run: async () => {
      await run();
      setOpen(true);
    },
    touches: [api.exportJobs.key()],
  });
  const count = list.data?.filter(({ state }) => isUnderWay(state)).length ?? 0;
  return (
    <span className="export-buttons">
      <Button icon={<DownloadOutlined />} loading={ask.busy} onClick={() => void ask.act(undefined)}>
        导出
      </Button>
      <Popover
        open={open}
        onOpenChange={setOpen}
        trigger="click"
        placement="bottomRight"
        title="导出任务"
        content={<ExportList list={list} />}
      >
        <Button
          aria-label={count > 0 ? `导出任务，${count} 个正在生成` : '导出任务'}
          title="导出任务"
          icon={
            <Badge count={count} size="small">
              <HistoryOutlined />
            </Badge>
          }
        />
      </Popover>
    </span>
  );
}

import { DownloadOutlined, HistoryOutlined } from '@ant-design/icons';
import type { OrderFilter, OrderList } from '@rexian/contracts';
import { Badge, Button, Popover } from 'antd';
import { useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { useAction } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';
import { ExportList } from './ExportList.tsx';
import { isUnderWay, useExports } from './useExports.ts';
import './exports.css';

/** 导出 of what is listed, and 导出任务: what was exported before. Nothing for those who may not. */
export function ExportButton(props: { filter: OrderFilter & { list: OrderList } }) {
  return may(useViewer(), 'work_orders.export') ? <Exporting {...props} /> : null;
}

function Exporting({ filter }: { filter: OrderFilter & { list: OrderList } }) {
  const [open, setOpen] = useState(false);
  const list = useExports();
  const ask = useAction({
    run: async () => {
      await client.exportJobs.orders(filter);
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

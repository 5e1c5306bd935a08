import { HistoryOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { memo, useState } from 'react';
import { HistoryDrawer } from '../history/HistoryDrawer.tsx';
import { PublishDialog } from '../history/PublishDialog.tsx';
import { HeatControl } from '../runs/HeatControl.tsx';
import { TestCall } from '../runs/TestCall.tsx';
import type { Tool, ToolProps } from './tool.ts';

function HistoryTool({ flow, reload }: ToolProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<HistoryOutlined />} onClick={() => setOpen(true)}>
        发布历史
      </Button>
      <HistoryDrawer flow={flow} open={open} onClose={() => setOpen(false)} onRestored={reload} />
    </>
  );
}

function PublishTool({ flow, saved, select, reload }: ToolProps) {
  const [open, setOpen] = useState(false);
  if (!flow.can.change) return null;
  return (
    <>
      <Tooltip title={saved ? '' : '保存后才能发布'}>
        <Button type="primary" disabled={!saved} onClick={() => setOpen(true)}>
          发布
        </Button>
      </Tooltip>
      <PublishDialog flow={flow} open={open} onClose={() => setOpen(false)} onPublished={reload} onGoTo={select} />
    </>
  );
}

/** At the right end of the toolbar, in this order. */
export const tools: readonly Tool[] = [
  { key: 'test', component: memo(TestCall) },
  { key: 'heat', component: memo(HeatControl) },
  { key: 'history', component: memo(HistoryTool) },
  { key: 'publish', component: memo(PublishTool) },
];

import type { FlowDetail } from '@rexian/contracts';
import { Drawer } from 'antd';

type Props = { flow: FlowDetail; open: boolean; onClose(): void; onRestored(flow: FlowDetail): void };

/** Every version that callers heard. */
export function HistoryDrawer({ flow, open, onClose }: Props) {
  return <Drawer open={open} title={`发布历史：${flow.name}`} onClose={onClose} />;
}

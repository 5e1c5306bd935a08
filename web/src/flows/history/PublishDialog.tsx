import type { FlowDetail } from '@rexian/contracts';
import { Modal } from 'antd';

type Props = {
  flow: FlowDetail;
  open: boolean;
  onClose(): void;
  onPublished(flow: FlowDetail): void;
  onGoTo(nodeId: string): void;
};

/** What callers will hear that they don't hear yet, and what stands in the way. */
export function PublishDialog({ flow, open, onClose }: Props) {
  return <Modal open={open} title={`发布“${flow.name}”`} onCancel={onClose} />;
}

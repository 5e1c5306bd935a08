import { isActive } from '@rexian/softphone';
import { Modal } from 'antd';
import { useDesk } from '../DeskProvider.tsx';
import { AudioFields } from './AudioFields.tsx';
import { EchoTest } from './EchoTest.tsx';

/** Headset and test call of the browser phone; devices may be changed in the middle of a talk. */
export function AudioDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const { desk, own } = useDesk();
  return (
    <Modal title="声音设置" open={open} onCancel={onClose} footer={null} width={460} destroyOnHidden>
      <AudioFields />
      <EchoTest disabledBy={blockedBy(desk?.session?.state, own.registration.state, isActive(own.call))} />
    </Modal>
  );
}

/** A caller must not meet a busy phone because of a test. */
function blockedBy(state: string | undefined, registration: string, busy: boolean): string | null {
  if (busy) return '通话中不能测试';
  if (registration !== 'registered') return '话机注册后可测试';
  return state === 'not_ready' ? null : '请先示忙，再进行测试通话';
}

import { Alert, Input, Modal } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useRef, useState } from 'react';
import { useChange } from '../forms/useChange.ts';
import { api } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';

type Props = {
  title: string;
  told: string;
  okText: string;
  /** What is said afterwards. */
  done: string;
  run(reason: string): Promise<unknown>;
  onClose(): void;
};

/** Asks why before something is refused or ended; without a reason nothing happens. */
export function ReasonDialog({ title, told, okText, done, run, onClose }: Props) {
  const field = useRef<TextAreaRef>(null);
  const [reason, setReason] = useState('');
  const change = useChange({ run, touches: [api.answers.key()], done });
  return (
    <Modal
      open
      title={title}
      okText={okText}
      cancelText="取消"
      okButtonProps={{ danger: true, disabled: reason.trim() === '' }}
      confirmLoading={change.isPending}
      mask={{ closable: false }}
      onOk={() => change.mutate(reason.trim(), { onSuccess: onClose })}
      onCancel={onClose}
      afterOpenChange={(open) => open && field.current?.focus()}
    >
      <p>{told}</p>
      <Input.TextArea
        ref={field}
        aria-label="原因"
        placeholder="请填写原因"
        maxLength={500}
        showCount
        autoSize={{ minRows: 2, maxRows: 6 }}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      {change.error && <Alert className="reason-error" type="error" showIcon title={errorText(change.error)} />}
    </Modal>
  );
}

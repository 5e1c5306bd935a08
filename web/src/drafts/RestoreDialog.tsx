import type { QueryKey } from '@tanstack/react-query';
import { Alert, Input, Modal } from 'antd';
import { useState } from 'react';
import { useChange } from '../forms/useChange.ts';
import { errorText } from '../platform/errors.ts';
import './history.css';

type Props<Restored> = {
  name: string;
  version: number;
  /** What it means for what is under way. */
  told: string;
  /** What is said when it is done. */
  done: string;
  run(note: string): Promise<Restored>;
  touches: readonly QueryKey[];
  onClose(): void;
  onRestored(restored: Restored): void;
};

/** Asks before an older version holds again. */
export function RestoreDialog<Restored>({ name, version, told, done, run, touches, ...props }: Props<Restored>) {
  const [note, setNote] = useState('');
  const restore = useChange({ run, touches, done: `已回退到版本 ${version}，${done}` });
  const send = () =>
    restore.mutate(note, {
      onSuccess: (restored) => {
        props.onRestored(restored);
        props.onClose();
      },
    });
  return (
    <Modal
      open
      title={`回退“${name}”到版本 ${version}？`}
      okText="回退"
      cancelText="取消"
      okButtonProps={{ danger: true }}
      confirmLoading={restore.isPending}
      onOk={send}
      onCancel={props.onClose}
    >
      <p>
        版本 {version} 的内容将作为新版本发布，{told}。
      </p>
      <Input
        aria-label="回退说明"
        placeholder="回退说明（选填）"
        maxLength={200}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      {restore.error && <Alert className="restore-error" type="error" showIcon title={errorText(restore.error)} />}
    </Modal>
  );
}

import type { FlowDetail, FlowVersion } from '@rexian/contracts';
import { Alert, Input, Modal } from 'antd';
import { useState } from 'react';
import { useChange } from '../../forms/useChange.ts';
import { api, client } from '../../platform/api.ts';
import { errorText } from '../../platform/errors.ts';

type Props = {
  flow: FlowDetail;
  version: FlowVersion;
  onClose(): void;
  onRestored(flow: FlowDetail): void;
};

/** Asks before an older version is what callers hear again. */
export function RestoreDialog({ flow, version: { version }, onClose, onRestored }: Props) {
  const [note, setNote] = useState('');
  const restore = useChange({
    run: client.flows.restore,
    touches: [api.flows.list.key(), api.flows.versions.key()],
    done: `已回退到版本 ${version}，新来电立即生效`,
  });
  const send = () =>
    restore.mutate(
      { id: flow.id, version, note },
      {
        onSuccess: (done) => {
          onRestored(done);
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={`回退“${flow.name}”到版本 ${version}？`}
      okText="回退"
      cancelText="取消"
      okButtonProps={{ danger: true }}
      confirmLoading={restore.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <p>
        版本 {version} 的内容将作为新版本发布，新来电立即使用；进行中的通话不受影响
        {flow.draft ? '，草稿保留' : ''}。
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

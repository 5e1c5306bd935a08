import type { WorkflowDetail } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Modal, Spin } from 'antd';
import { useState } from 'react';
import { useChange } from '../../forms/useChange.ts';
import { api, client } from '../../platform/api.ts';
import { errorText } from '../../platform/errors.ts';
import { Failed } from '../../platform/Failed.tsx';

type Props = {
  /** Its draft is what is published. */
  workflow: WorkflowDetail;
  onClose(): void;
  onPublished(): void;
  onGoTo(element: string): void;
};

/** Asks before new orders walk by the draft; what only the server knows is checked here. */
export function PublishDialog({ workflow: { id, name, revision }, onClose, onPublished, onGoTo }: Props) {
  const [note, setNote] = useState('');
  const check = useQuery(api.workflows.check.queryOptions({ input: { id }, staleTime: 0, gcTime: 0 }));
  const publish = useChange({
    run: client.workflows.publish,
    touches: [api.workflows.list.key(), api.workflows.versions.key()],
    done: (done) => `已发布版本 ${done.published?.version ?? ''}，新工单立即生效`,
  });
  const faults = check.data?.faults ?? [];
  const send = () =>
    publish.mutate(
      { id, revision, note },
      {
        onSuccess: () => {
          onPublished();
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={`发布“${name}”`}
      okText="发布"
      cancelText="取消"
      okButtonProps={{ disabled: !check.isSuccess || faults.length > 0 }}
      confirmLoading={publish.isPending}
      mask={{ closable: false }}
      onOk={send}
      onCancel={onClose}
    >
      {publish.error && <Alert type="error" showIcon title={errorText(publish.error)} />}
      {check.error && <Failed error={check.error} retry={check.refetch} />}
      {check.isPending && <Spin />}
      {faults.map(({ element, name, message }) => (
        <Alert
          key={`${element} ${message}`}
          type="error"
          showIcon
          title={
            <>
              {name !== null && <b>{name}</b>} {message}
            </>
          }
          action={
            element !== null && (
              <Button
                size="small"
                onClick={() => {
                  onClose();
                  onGoTo(element);
                }}
              >
                查看
              </Button>
            )
          }
        />
      ))}
      <p>发布后新登记的工单按此流程办理，办理中的工单仍按原版本。</p>
      <Input.TextArea
        aria-label="发布说明"
        placeholder="发布说明（选填），如：缩短派单时限"
        maxLength={200}
        showCount
        autoSize={{ minRows: 1, maxRows: 3 }}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
    </Modal>
  );
}

import type { FlowDetail } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Modal, Spin } from 'antd';
import { useState } from 'react';
import { useChange } from '../../forms/useChange.ts';
import { api, client } from '../../platform/api.ts';
import { errorText } from '../../platform/errors.ts';
import { Failed } from '../../platform/Failed.tsx';
import { Compare } from './Compare.tsx';
import { Findings } from './Findings.tsx';
import './history.css';

type Props = {
  /** Its draft is what is published. */
  flow: FlowDetail;
  open: boolean;
  onClose(): void;
  onPublished(flow: FlowDetail): void;
  onGoTo(nodeId: string): void;
};

/** What callers will hear that they don't hear yet, and what stands in the way. */
export function PublishDialog({ open, ...props }: Props) {
  return open ? <Dialog {...props} /> : null;
}

function Dialog({ flow, onClose, onPublished, onGoTo }: Omit<Props, 'open'>) {
  const { id, name, unit, document, revision, draft, published } = flow;
  const [note, setNote] = useState('');
  const check = useQuery(api.flows.check.queryOptions({ input: { id }, staleTime: 0, gcTime: 0 }));
  const before = useQuery({
    ...api.flows.version.queryOptions({ input: { id, version: published?.version ?? 1 } }),
    enabled: published !== null,
  });
  const publish = useChange({
    run: client.flows.publish,
    touches: [api.flows.list.key(), api.flows.versions.key()],
    done: (done) => `已发布版本 ${done.published?.version ?? ''}，新来电立即生效`,
  });
  const faults = check.data?.faults ?? [];
  const goTo = (node: string) => {
    onClose();
    onGoTo(node);
  };
  const send = () =>
    publish.mutate(
      { id, revision, note },
      {
        onSuccess: (done) => {
          onPublished(done);
          onClose();
        },
      },
    );
  const ready = draft !== null && check.isSuccess && faults.length === 0;
  return (
    <Modal
      open
      width="min(1360px, 96vw)"
      centered
      title={`发布“${name}”`}
      mask={{ closable: false }}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button type="primary" disabled={!ready} loading={publish.isPending} onClick={send}>
            发布
          </Button>
        </>
      }
    >
      <div className="publish">
        {!draft && <Alert type="info" showIcon title="没有需要发布的修改" />}
        {publish.error && <Alert type="error" showIcon title={errorText(publish.error)} />}
        {check.error && <Failed error={check.error} retry={check.refetch} />}
        {before.error && <Failed error={before.error} retry={before.refetch} />}
        {check.isPending && <Spin />}
        {check.data && <Findings {...check.data} document={document} onGoTo={goTo} />}
        {(published === null || before.data) && (
          <Compare
            unitId={unit.id}
            before={before.data ? { title: `当前版本 v${before.data.version}`, document: before.data.document } : null}
            after={{ title: '将要发布', document }}
          />
        )}
        <Input.TextArea
          aria-label="发布说明"
          placeholder="发布说明（选填），如：国庆假期提示"
          maxLength={200}
          showCount
          autoSize={{ minRows: 1, maxRows: 3 }}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      </div>
    </Modal>
  );
}

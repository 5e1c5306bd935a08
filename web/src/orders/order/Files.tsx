import type { OrderDetail, StoredFile } from '@rexian/contracts';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { Attachments } from '../../files/Attachments.tsx';
import { client } from '../../platform/api.ts';
import { errorText } from '../../platform/errors.ts';
import { useStep } from '../work/useStep.ts';
import { Arriving } from './Arriving.tsx';

/** How many are added in one step. */
const AT_ONCE = 20;

/** 附件: of the registration and of those who work on the order, what is on its way from other platforms, and the way to add more. */
export function Files({ order }: { order: OrderDetail }) {
  const { files, arriving, can } = order;
  if (files.length + arriving.length === 0 && !can.attach) return null;
  return (
    <section aria-label="附件">
      <h3>附件</h3>
      {files.length > 0 && <Attachments files={files} limit={files.length} />}
      <Arriving order={order} />
      {can.attach && <Adding order={order} />}
    </section>
  );
}

/** Files are looked over before they are added: what an order has, it keeps. */
function Adding({ order: { id } }: { order: OrderDetail }) {
  const [files, setFiles] = useState<StoredFile[]>([]);
  const attach = useStep({ run: client.orderSteps.attach, done: '已添加附件' });
  const add = async () => {
    if (await attach.take({ id, fileIds: files.map((file) => file.id) })) setFiles([]);
  };
  return (
    <div className="order-attach">
      <Attachments id="order-attach" files={files} limit={AT_ONCE} onChange={setFiles} />
      {attach.error && <Alert type="error" showIcon role="alert" title={errorText(attach.error)} />}
      {files.length > 0 && (
        <Button type="primary" loading={attach.isPending} onClick={() => void add()}>
          添加到工单（{files.length}）
        </Button>
      )}
    </div>
  );
}

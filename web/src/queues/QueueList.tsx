import { PlusOutlined, SearchOutlined } from '@ant-design/icons';
import type { Queue } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Table } from 'antd';
import { useMemo, useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { useAction } from '../forms/useChange.ts';
import { useConfirm } from '../forms/useConfirm.ts';
import { api, client } from '../platform/api.ts';
import { Failed } from '../platform/Failed.tsx';
import { MembersForm } from './MembersForm.tsx';
import { QueueForm } from './QueueForm.tsx';
import { queueColumns } from './queueColumns.tsx';
import { useQueues, useTargetNames } from './useQueues.ts';

type Open = { what: 'new' } | { what: 'settings' | 'members'; queue: Queue } | null;
const REFRESH_MS = 10_000;

/** 技能组: settings at a glance, and who is there now. */
export function QueueList() {
  const viewer = useViewer();
  const { queues, error, isPending, refetch } = useQueues();
  const watches = may(viewer, 'monitor.read');
  const board = useQuery(
    api.monitor.queues.queryOptions({ input: {}, enabled: watches, refetchInterval: REFRESH_MS, staleTime: 0 }),
  );
  const names = useTargetNames(queues);
  const [text, setText] = useState('');
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const manages = may(viewer, 'queues.manage');
  const now = board.data?.queues;
  const columns = useMemo(() => {
    const actions = (queue: Queue) => <Actions queue={queue} onOpen={(what) => setOpen({ what, queue })} />;
    return queueColumns({ names, now: watches ? (now ?? []) : null, actions });
  }, [names, now, watches]);
  const wanted = text.trim();
  const shown = queues.filter(({ name, unit }) => name.includes(wanted) || unit.name.includes(wanted));
  return (
    <>
      <div className="list-tools">
        <Input
          allowClear
          prefix={<SearchOutlined />}
          placeholder="技能组或机构名称"
          aria-label="搜索技能组"
          maxLength={40}
          style={{ width: 220 }}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <span className="muted">共 {shown.length} 个</span>
        {manages && (
          <Button className="push" type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ what: 'new' })}>
            新增技能组
          </Button>
        )}
      </div>
      {error && <Failed error={error} retry={refetch} />}
      <div className="list-table">
        <Table<Queue>
          size="small"
          rowKey="id"
          sticky
          pagination={false}
          loading={isPending}
          columns={columns}
          dataSource={shown}
          rowClassName={({ active }) => (active ? '' : 'off')}
          scroll={{ x: 1240 }}
          locale={{ emptyText: '没有符合条件的技能组' }}
        />
      </div>
      {open?.what === 'new' && <QueueForm queue={null} onClose={close} />}
      {open?.what === 'settings' && <QueueForm queue={open.queue} onClose={close} />}
      {open?.what === 'members' && <MembersForm queue={open.queue} onClose={close} />}
    </>
  );
}

function Actions({ queue, onOpen }: { queue: Queue; onOpen(what: 'settings' | 'members'): void }) {
  const confirm = useConfirm();
  const remove = useAction({
    run: client.queues.remove,
    touches: [api.queues.key()],
    done: `已删除技能组“${queue.name}”`,
  });
  const ask = () =>
    confirm({
      title: `删除技能组“${queue.name}”（${queue.unit.name}）？`,
      content: queue.members > 0 ? `其中 ${queue.members} 名成员不再接听该组来电。` : '该组没有成员。',
      okText: '删除',
      run: () => remove.act({ id: queue.id }),
    });
  return (
    <>
      <Button type="link" size="small" onClick={() => onOpen('settings')}>
        {queue.can.change ? '设置' : '查看'}
      </Button>
      <Button type="link" size="small" onClick={() => onOpen('members')}>
        成员
      </Button>
      {queue.can.change && (
        <Button type="link" size="small" danger onClick={ask}>
          删除
        </Button>
      )}
    </>
  );
}

import type { Queue } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { useAction } from '../forms/useChange.ts';
import { useConfirm } from '../forms/useConfirm.ts';
import { AddButton } from '../listing/AddButton.tsx';
import { greyUnlessActive, ListTable } from '../listing/ListTable.tsx';
import { SearchInput } from '../listing/SearchInput.tsx';
import { api, client } from '../platform/api.ts';
import { MembersForm } from './MembersForm.tsx';
import { QueueForm } from './QueueForm.tsx';
import { queueColumns } from './queueColumns.tsx';
import { useQueues, useTargetNames } from './useQueues.ts';

type Open = { what: 'new' } | { what: 'settings' | 'members'; queue: Queue } | null;
const REFRESH_MS = 10_000;

/** 技能组: settings at a glance, and who is there now. */
export function QueueList() {
  const viewer = useViewer();
  const { queues, ...query } = useQueues();
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
        <SearchInput label="搜索技能组" placeholder="技能组或机构名称" width={220} value={text} onChange={setText} />
        <span className="muted">共 {shown.length} 个</span>
        <div className="list-end">
          {manages && <AddButton onClick={() => setOpen({ what: 'new' })}>新增技能组</AddButton>}
        </div>
      </div>
      <ListTable
        list={{ ...query, rows: shown }}
        columns={columns}
        scroll={{ x: 1240 }}
        rowClassName={greyUnlessActive}
        empty="没有符合条件的技能组"
      />
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

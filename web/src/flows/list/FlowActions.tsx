import type { FlowSummary } from '@rexian/contracts';
import { Button, Dropdown, type MenuProps } from 'antd';
import { Link } from 'react-router';
import { may, useViewer } from '../../auth/viewer.ts';
import { useDownload } from '../../exchange/useDownload.ts';
import { useAction } from '../../forms/useChange.ts';
import { useConfirm } from '../../forms/useConfirm.ts';
import { api, client } from '../../platform/api.ts';

type Props = { flow: FlowSummary; onOpen(what: 'rename' | 'copy' | 'history'): void };

/** What can be done with a flow; one of a unit above can be looked at and copied. */
export function FlowActions({ flow, onOpen }: Props) {
  const manages = may(useViewer(), 'flows.manage');
  const confirm = useConfirm();
  const download = useDownload(() => client.flows.exportFile({ id: flow.id }));
  const remove = useAction({ run: client.flows.remove, touches: [api.flows.key()], done: `已删除“${flow.name}”` });
  const ways: Record<string, () => void> = {
    rename: () => onOpen('rename'),
    copy: () => onOpen('copy'),
    export: () => download.mutate(),
    remove: () =>
      confirm({
        title: `删除流程“${flow.name}”？`,
        content: '草稿和发布历史一并删除，历史通话不受影响。',
        okText: '删除',
        run: () => remove.act({ id: flow.id }),
      }),
  };
  const items: MenuProps['items'] = [
    ...(flow.can.change ? [{ key: 'rename', label: '重命名' }] : []),
    ...(manages ? [{ key: 'copy', label: '复制到…' }] : []),
    { key: 'export', label: '导出' },
    ...(flow.can.change ? [{ key: 'remove', label: '删除', danger: true }] : []),
  ];
  return (
    <>
      <Link to={`/flows/${flow.id}`}>
        <Button type="link" size="small" tabIndex={-1}>
          {flow.can.change ? '编辑' : '查看'}
        </Button>
      </Link>
      <Button type="link" size="small" disabled={!flow.published} onClick={() => onOpen('history')}>
        发布历史
      </Button>
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => ways[key]?.() }}>
        <Button type="link" size="small" loading={download.isPending} aria-label={`${flow.name}的更多操作`}>
          更多
        </Button>
      </Dropdown>
    </>
  );
}

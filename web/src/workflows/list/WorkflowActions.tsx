import type { WorkflowSummary } from '@rexian/contracts';
import { Button, Dropdown, type MenuProps } from 'antd';
import { Link } from 'react-router';
import { may, useViewer } from '../../auth/viewer.ts';
import { useDownload } from '../../exchange/useDownload.ts';
import { useAction } from '../../forms/useChange.ts';
import { useConfirm } from '../../forms/useConfirm.ts';
import { api, client } from '../../platform/api.ts';

type Props = { workflow: WorkflowSummary; onOpen(what: 'change' | 'copy' | 'history'): void };

/** What can be done with a workflow; one of a unit above can be looked at and copied. */
export function WorkflowActions({ workflow: { id, name, can, published }, onOpen }: Props) {
  const manages = may(useViewer(), 'workflows.manage');
  const confirm = useConfirm();
  const download = useDownload(() => client.workflows.exportFile({ id }));
  const remove = useAction({ run: client.workflows.remove, touches: [api.workflows.key()], done: `已删除“${name}”` });
  const ways: Record<string, () => void> = {
    change: () => onOpen('change'),
    copy: () => onOpen('copy'),
    export: () => download.mutate(),
    remove: () =>
      confirm({
        title: `删除工单流程“${name}”？`,
        content: '新工单改用上级类别或上级机构的流程；办理中的工单仍按原版本办理。',
        okText: '删除',
        run: () => remove.act({ id }),
      }),
  };
  const items: MenuProps['items'] = [
    ...(can.change ? [{ key: 'change', label: '名称与适用类别' }] : []),
    ...(manages ? [{ key: 'copy', label: '复制到…' }] : []),
    { key: 'export', label: '导出' },
    ...(can.change ? [{ key: 'remove', label: '删除', danger: true }] : []),
  ];
  return (
    <>
      <Link to={`/workflows/${id}`}>
        <Button type="link" size="small" tabIndex={-1}>
          {can.change ? '编辑' : '查看'}
        </Button>
      </Link>
      <Button type="link" size="small" disabled={!published} onClick={() => onOpen('history')}>
        发布历史
      </Button>
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => ways[key]?.() }}>
        <Button type="link" size="small" loading={download.isPending} aria-label={`${name}的更多操作`}>
          更多
        </Button>
      </Dropdown>
    </>
  );
}

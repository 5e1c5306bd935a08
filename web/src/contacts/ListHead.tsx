import { DownloadOutlined } from '@ant-design/icons';
import { COUNT_LIMIT, type ContactFilter, contactFilter } from '@rexian/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Dropdown, Tooltip } from 'antd';
import dayjs from 'dayjs';
import { may, useViewer } from '../auth/viewer.ts';
import { api, client } from '../platform/api.ts';
import { errorText } from '../platform/errors.ts';
import { saveFile } from '../platform/saveFile.ts';

/** How many the filter finds, and the way to take them along. */
export function ListHead({ filter }: { filter: ContactFilter }) {
  return (
    <header className="list-head">
      <Count filter={filter} />
      <Export filter={filter} />
    </header>
  );
}

function Count({ filter }: { filter: ContactFilter }) {
  const { data } = useQuery(
    api.contacts.count.queryOptions({ input: contactFilter.parse(filter), placeholderData: (before) => before }),
  );
  return <span data-testid="contact-count">{data ? countText(data) : ' '}</span>;
}

export function countText({ count, more }: { count: number; more: boolean }): string {
  if (more) return `超过 ${Math.max(count, COUNT_LIMIT).toLocaleString('zh-CN')} 条`;
  return `共 ${count.toLocaleString('zh-CN')} 条`;
}

function Export({ filter }: { filter: ContactFilter }) {
  const viewer = useViewer();
  const { message, modal } = App.useApp();
  const run = useMutation({
    mutationFn: (clear: boolean) => client.contacts.export({ ...contactFilter.parse(filter), clear }),
    onSuccess: (file, clear) =>
      saveFile(file, file.name || `通话记录${clear ? '-完整号码' : ''}-${dayjs().format('YYYYMMDD-HHmm')}.xlsx`),
    onError: (error) => void message.error(errorText(error)),
  });
  if (!may(viewer, 'contacts.export')) return null;
  const button = (onClick?: () => void) => (
    <Tooltip title="最多导出最近 5 万条，导出会记入审计日志" placement="left">
      <Button size="small" icon={<DownloadOutlined />} loading={run.isPending} onClick={onClick}>
        导出
      </Button>
    </Tooltip>
  );
  if (!may(viewer, 'personal.export')) return button(() => run.mutate(false));
  const askFirst = () =>
    modal.confirm({
      title: '导出完整号码？',
      content: '文件将包含来电人的完整号码，请妥善保管、按规定使用。本次导出会记入审计日志。',
      okText: '导出完整号码',
      onOk: () => run.mutate(true),
    });
  const items = [
    { key: 'masked', label: '号码脱敏' },
    { key: 'clear', label: '完整号码…' },
  ];
  return (
    <Dropdown
      trigger={['click']}
      disabled={run.isPending}
      menu={{ items, onClick: ({ key }) => (key === 'clear' ? void askFirst() : run.mutate(false)) }}
    >
      {button()}
    </Dropdown>
  );
}

import { DownloadOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Tooltip } from 'antd';
import { may, useViewer } from '../auth/viewer.ts';
import { useDownload } from './useDownload.ts';

/** 导出 of a list of callers: numbers masked, or whole for who may take them along. Nothing for those who may not export. */
export function ExportCallers({ fetchFile }: { fetchFile(clear: boolean): Promise<File> }) {
  const viewer = useViewer();
  const { modal } = App.useApp();
  const { mutate, isPending } = useDownload(fetchFile);
  if (!may(viewer, 'contacts.export')) return null;
  const button = (onClick?: () => void) => (
    <Tooltip title="最多导出最近 5 万条，导出会记入审计日志" placement="left">
      <Button icon={<DownloadOutlined />} loading={isPending} onClick={onClick}>
        导出
      </Button>
    </Tooltip>
  );
  if (!may(viewer, 'personal.export')) return button(() => mutate(false));
  const askFirst = () =>
    modal.confirm({
      title: '导出完整号码？',
      content: '文件将包含来电人的完整号码，请妥善保管、按规定使用。本次导出会记入审计日志。',
      okText: '导出完整号码',
      onOk: () => mutate(true),
    });
  const items = [
    { key: 'masked', label: '号码脱敏' },
    { key: 'clear', label: '完整号码…' },
  ];
  const choose = ({ key }: { key: string }) => (key === 'clear' ? void askFirst() : mutate(false));
  return (
    <Dropdown trigger={['click']} disabled={isPending} menu={{ items, onClick: choose }}>
      {button()}
    </Dropdown>
  );
}

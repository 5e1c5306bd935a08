import { DeleteOutlined } from '@ant-design/icons';
import { type ExportJob, type ExportState, exportState } from '@rexian/contracts';
import { Button, Spin } from 'antd';
import { useAction } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';
import { Failed } from '../platform/Failed.tsx';
import { dateMinute, fileSize } from '../platform/format.ts';
import type { Tone } from '../platform/status.ts';
import { Tag } from '../platform/Tag.tsx';
import { isUnderWay, type useExports } from './useExports.ts';

const tones: Record<ExportState, Tone> = { queued: 'quiet', running: 'waiting', done: 'ready', failed: 'fault' };

/** The viewer's exports, newest first. */
export function ExportList({ list: { data, error, refetch } }: { list: ReturnType<typeof useExports> }) {
  const remove = useAction({ run: client.exportJobs.remove, touches: [api.exportJobs.key()] });
  if (error) return <Failed error={error} retry={refetch} />;
  if (!data) return <Spin />;
  if (data.length === 0) return <p className="muted">没有导出任务</p>;
  return (
    <ul className="export-list">
      {data.map((job) => (
        <li key={job.id} data-state={job.state}>
          <span>
            <Tag tone={tones[job.state]}>{exportState.labels[job.state]}</Tag> {job.name}
          </span>
          <span className="muted num">{told(job)}</span>
          <span className="export-acts">
            {job.url && (
              <Button type="link" size="small" href={job.url} download>
                下载
              </Button>
            )}
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              disabled={remove.busy}
              title={isUnderWay(job.state) ? '停止并删除' : '删除'}
              aria-label={`${isUnderWay(job.state) ? '停止并删除' : '删除'}“${job.name}”`}
              onClick={() => void remove.act({ id: job.id })}
            />
          </span>
        </li>
      ))}
    </ul>
  );
}

function told({ state, done, total, bytes, expiresAt, error }: ExportJob): string {
  switch (state) {
    case 'queued':
      return '等待生成';
    case 'running':
      return total === null ? `已读取 ${done} 条` : `已读取 ${done} / ${total} 条`;
    case 'done':
      return [`${total ?? done} 条`, bytes && fileSize(bytes), expiresAt && `保留至 ${dateMinute(expiresAt)}`]
        .filter(Boolean)
        .join('，');
    case 'failed':
      return error || '未能生成，请重新导出';
  }
}

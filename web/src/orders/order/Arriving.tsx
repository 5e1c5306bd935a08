import type { ArrivingFile, OrderDetail } from '@rexian/contracts';
import { Alert, Button } from 'antd';
import { may, useViewer } from '../../auth/viewer.ts';
import { iconOf } from '../../files/kind.ts';
import { client } from '../../platform/api.ts';
import { errorText } from '../../platform/errors.ts';
import { dateMinute, fileSize } from '../../platform/format.ts';
import { useStep } from '../work/useStep.ts';

/** Attachments that other platforms have told of, on their way here or held up. */
export function Arriving({ order: { id, arriving } }: { order: OrderDetail }) {
  const mayAsk = may(useViewer(), 'work_orders.handle');
  const fetching = useStep({ run: client.orderSteps.fetchFile, done: '正在重新获取' });
  if (arriving.length === 0) return null;
  return (
    <div className="attachments" data-testid="arriving">
      <ul>
        {arriving.map((file) => (
          <li key={file.id}>
            <Told file={file} />
            {mayAsk && file.error !== null && (
              <Button
                type="link"
                size="small"
                disabled={fetching.isPending}
                onClick={() => void fetching.take({ id, fileId: file.id })}
              >
                重新获取
              </Button>
            )}
          </li>
        ))}
      </ul>
      {fetching.error && <Alert type="error" showIcon role="alert" title={errorText(fetching.error)} />}
    </div>
  );
}

function Told({ file: { name, bytes, platform, state, error, nextAt } }: { file: ArrivingFile }) {
  const Icon = iconOf(name);
  const next = nextAt ? `，${dateMinute(nextAt)} 重试` : '';
  return (
    <>
      <span className="attachment-picture">
        <Icon />
      </span>
      <span className="attachment-name" title={name}>
        {name}
      </span>
      <span className="muted attachment-size">
        {fileSize(bytes)}，来自{platform}
      </span>
      {error === null ? (
        <span className="muted attachment-state">正在获取</span>
      ) : (
        <span className="attachment-error">
          {state === 'failed' ? '未能获取' : '获取失败'}：{error}
          {next}
        </span>
      )}
    </>
  );
}

import { AudioOutlined, BorderOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { Elapsed } from '../platform/Elapsed.tsx';
import { LONGEST_SECONDS, useRecorder } from './useRecorder.ts';

/** Records in the browser, with a meter that shows that something is heard. */
export function Recorder({ again, ...told }: { again: boolean } & Parameters<typeof useRecorder>[0]) {
  const { state, level, startedAt, error, start, stop } = useRecorder(told);
  return (
    <div className="recorder" data-recorder={state}>
      {state === 'recording' ? (
        <Button danger icon={<BorderOutlined />} onClick={stop}>
          停止
        </Button>
      ) : (
        <Button icon={<AudioOutlined />} loading={state !== 'idle'} onClick={start}>
          {again ? '重录' : '用麦克风录制'}
        </Button>
      )}
      {state === 'recording' && startedAt && (
        <>
          <meter className="recorder-level" aria-label="音量" min={0} max={1} value={level} />
          <span className="num">
            <Elapsed since={startedAt} />
          </span>
          <span className="muted">最长 {LONGEST_SECONDS / 60} 分钟</span>
        </>
      )}
      {error && <Alert type="error" showIcon title={error} />}
    </div>
  );
}

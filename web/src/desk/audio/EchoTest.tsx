import { type EchoState, failureText } from '@rexian/softphone';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { deskSession } from '../session.ts';
import { LevelBar } from './MicrophoneLevel.tsx';

/** A call to the voice engine that plays back what is said: the whole way is tried, not just this machine. */
export function EchoTest({ disabledBy }: { disabledBy: string | null }) {
  const [echo, setEcho] = useState<EchoState | null>(null);
  useEffect(() => () => deskSession.phone?.endEcho(), []);
  const running = echo !== null && echo.state !== 'ended';
  return (
    <div className="echo-test" data-echo={echo?.state}>
      <Button
        disabled={!running && disabledBy !== null}
        onClick={() => (running ? deskSession.phone?.endEcho() : deskSession.phone?.echo(setEcho))}
      >
        {running ? '结束测试' : '测试通话'}
      </Button>
      {echo?.state === 'talking' ? (
        <div className="echo-levels" data-returned={echo.returned}>
          <span>说话</span>
          <LevelBar level={echo.sent} label="送出音量" />
          <span>回声</span>
          <LevelBar level={echo.returned} label="收到音量" />
        </div>
      ) : (
        <span className="muted">{hintOf(echo, disabledBy)}</span>
      )}
    </div>
  );
}

function hintOf(echo: EchoState | null, disabledBy: string | null): string {
  if (echo?.state === 'connecting') return '正在接通…';
  if (echo?.state === 'ended') return echo.failure ? failureText[echo.failure] : '测试结束';
  return disabledBy ?? '对着麦克风说话，应能听到自己的声音';
}

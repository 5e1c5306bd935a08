import { CaretRightFilled, DownloadOutlined, PauseOutlined, ReloadOutlined } from '@ant-design/icons';
import type { Recording } from '@rexian/contracts';
import { Alert, Button, Segmented, Spin, Tooltip } from 'antd';
import { useEffect, useRef, useState } from 'react';
import WaveSurfer from 'wavesurfer.js';
import { duration, fileSize } from '../platform/format.ts';

type Props = { recording: Recording; url: string; download: boolean; autoPlay?: boolean };
type Status = 'loading' | 'ready' | 'failed';

const speeds = [0.75, 1, 1.25, 1.5, 2];
const SKIP_SECONDS = 5;

/**
 * Two tracks, one above the other: caller (left channel) and agent (right channel); a voicemail is the caller's alone. Space plays and
 * pauses.
 */
export function RecordingPlayer({ recording, url, download, autoPlay = false }: Props) {
  const wave = useWave(url, autoPlay);
  const [speed, setSpeed] = useState(1);
  const length = wave.length || (recording.durationMs ?? 0) / 1_000;
  const changeSpeed = (next: number) => {
    setSpeed(next);
    wave.player.current?.setPlaybackRate(next, true);
  };
  usePlayerKeys(wave.toggle, wave.skip);
  return (
    <div className="player" data-player={wave.status} data-playing={wave.playing || undefined}>
      <div className="tracks" data-kind={recording.kind}>
        <div className="track-names">
          <span data-side="caller">来电人</span>
          {recording.kind === 'talk' && <span data-side="agent">坐席</span>}
        </div>
        <div className="wave" ref={wave.container} />
        {wave.status === 'loading' && <Spin className="wave-spin" />}
      </div>
      {wave.status === 'failed' && (
        <Alert
          type="error"
          showIcon
          title="录音加载失败，请检查网络后重试"
          action={<Button size="small" icon={<ReloadOutlined />} onClick={wave.reload} aria-label="重新加载" />}
        />
      )}
      <div className="player-bar">
        <Tooltip title="空格键播放 / 暂停，← → 快退快进 5 秒">
          <Button
            type="primary"
            shape="circle"
            disabled={wave.status !== 'ready'}
            icon={wave.playing ? <PauseOutlined /> : <CaretRightFilled />}
            aria-label={wave.playing ? '暂停' : '播放'}
            onClick={wave.toggle}
          />
        </Tooltip>
        <span className="num" data-testid="player-time">
          {duration(wave.time * 1_000)} / {duration(length * 1_000)}
        </span>
        <Segmented
          size="small"
          aria-label="播放速度"
          value={speed}
          options={speeds.map((value) => ({ value, label: `${value}×` }))}
          onChange={changeSpeed}
        />
        {download && (
          <Button icon={<DownloadOutlined />} href={`${url}?download=1`} className="download">
            下载{recording.bytes ? ` ${fileSize(recording.bytes)}` : ''}
          </Button>
        )}
      </div>
    </div>
  );
}

function useWave(url: string, autoPlay: boolean) {
  const container = useRef<HTMLDivElement>(null);
  const player = useRef<WaveSurfer | null>(null);
  const [status, setStatus] = useState<Status>('loading');
  const [playing, setPlaying] = useState(false);
  const [time, setTime] = useState(0);
  const [length, setLength] = useState(0);
  const [round, setRound] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another round loads the same address again
  useEffect(() => {
    if (!container.current) return;
    setStatus('loading');
    const surfer = WaveSurfer.create({
      container: container.current,
      url,
      height: 56,
      barWidth: 2,
      barGap: 1,
      barRadius: 1,
      normalize: true,
      dragToSeek: true,
      cursorColor: '#1b2733',
      splitChannels: [
        { waveColor: '#9cbcdd', progressColor: '#1668c2' },
        { waveColor: '#a5cfba', progressColor: '#1f8a57' },
      ],
    });
    player.current = surfer;
    surfer.on('ready', (seconds) => {
      setLength(seconds);
      setStatus('ready');
      // Before the page has been touched the browser forbids it: then it waits for a click.
      if (autoPlay) surfer.play().catch(() => undefined);
    });
    surfer.on('error', () => setStatus('failed'));
    surfer.on('play', () => setPlaying(true));
    surfer.on('pause', () => setPlaying(false));
    surfer.on('finish', () => setPlaying(false));
    surfer.on('timeupdate', setTime);
    return () => {
      player.current = null;
      surfer.destroy();
    };
  }, [url, round, autoPlay]);

  return {
    container,
    player,
    status,
    playing,
    time,
    length,
    toggle: () => void player.current?.playPause().catch(() => setStatus('failed')),
    skip: (seconds: number) => player.current?.skip(seconds),
    reload: () => setRound((value) => value + 1),
  };
}

/** Space and arrows belong to the recording, unless the focus is on something that uses them itself. */
function usePlayerKeys(toggle: () => void, skip: (seconds: number) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (target.closest('input, textarea, select, button, a, [role="radiogroup"]')) return;
      if (event.key === ' ') toggle();
      else if (event.key === 'ArrowLeft') skip(-SKIP_SECONDS);
      else if (event.key === 'ArrowRight') skip(SKIP_SECONDS);
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}

import { gradeLine, type LineGrade, type LineStatistics } from '@rexian/softphone';
import { Tooltip } from 'antd';
import { useEffect, useState } from 'react';
import type { Tone } from '../platform/status.ts';

const words: Record<LineGrade, { label: string; tone: Tone; bars: number }> = {
  good: { label: '线路良好', tone: 'ready', bars: 3 },
  fair: { label: '线路一般', tone: 'not-ready', bars: 2 },
  poor: { label: '线路差', tone: 'fault', bars: 1 },
  silent: { label: '收不到对方声音', tone: 'fault', bars: 0 },
};

/** Bars for the line, a moving level for each side (theirs above, mine below); the figures in the tooltip. `read` stays the same function. */
export function LineQuality({ read }: { read(): Promise<LineStatistics | null> }) {
  const { now, grade } = useLine(read);
  if (!now) return null;
  const { label, tone, bars } = words[grade];
  const details = `丢包 ${now.packetsLost} · 抖动 ${now.jitterMs} ms · 往返 ${now.roundTripMs ?? '—'} ms`;
  return (
    <Tooltip title={`${label}（${details}）`}>
      <div
        className="line-quality"
        data-tone={tone}
        data-testid="line-quality"
        data-received-packets={now.packetsReceived}
        data-received-energy={now.receivedEnergy}
        data-sent-packets={now.packetsSent}
        data-sent-energy={now.sentEnergy}
      >
        <span className="bars" role="img" aria-label={label} data-bars={bars}>
          <i />
          <i />
          <i />
        </span>
        <span className="line-levels">
          <Level label="对方音量" value={now.receivedLevel} />
          <Level label="本机音量" value={now.sentLevel} />
        </span>
      </div>
    </Tooltip>
  );
}

function Level({ label, value }: { label: string; value: number }) {
  // Loudness is logarithmic: a square root already makes quiet speech visible.
  return (
    <span className="level">
      <meter aria-label={label} title={label} min={0} max={1} value={Math.min(1, Math.sqrt(value))} />
    </span>
  );
}

function useLine(read: () => Promise<LineStatistics | null>): { now: LineStatistics | null; grade: LineGrade } {
  const [line, setLine] = useState<{ now: LineStatistics | null; grade: LineGrade }>({ now: null, grade: 'good' });
  useEffect(() => {
    let stopped = false;
    let before: LineStatistics | null = null;
    const timer = setInterval(async () => {
      const now = await read().catch(() => null);
      if (stopped || !now) return;
      setLine({ now, grade: before ? gradeLine(before, now) : 'good' });
      before = now;
    }, 1_000);
    return () => {
      stopped = true;
      clearInterval(timer);
    };
  }, [read]);
  return line;
}

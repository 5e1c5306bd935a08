import { gradeLine, type LineGrade, type LineStatistics } from '@rexian/softphone';
import { useEffect, useState } from 'react';
import type { TrialCall } from './trialCall.ts';

const words: Record<LineGrade, string> = {
  good: '线路良好',
  fair: '线路一般',
  poor: '线路差，请检查网络',
  silent: '收不到对方声音，请检查网络',
};

/** One word about the line; the figures behind it are attributes. */
export function LineMeter({ trial }: { trial: TrialCall }) {
  const [line, setLine] = useState<{ now: LineStatistics; grade: LineGrade } | null>(null);
  useEffect(() => {
    let before: LineStatistics | null = null;
    let stopped = false;
    const timer = setInterval(async () => {
      const now = await trial.statistics().catch(() => null);
      if (stopped || !now) return;
      setLine({ now, grade: before ? gradeLine(before, now) : 'good' });
      before = now;
    }, 1_000);
    return () => {
      stopped = true;
      clearInterval(timer);
    };
  }, [trial]);
  if (!line) return <p className="line">{'\u00a0'}</p>;
  const { now, grade } = line;
  return (
    <p
      className="line"
      data-grade={grade}
      data-testid="line-quality"
      data-received-packets={now.packetsReceived}
      data-received-energy={now.receivedEnergy}
      data-sent-packets={now.packetsSent}
      data-sent-energy={now.sentEnergy}
    >
      {words[grade]}
    </p>
  );
}

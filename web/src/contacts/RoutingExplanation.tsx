import type { RoutingExplanation as Explanation } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Spin } from 'antd';
import { api } from '../platform/api.ts';
import { wallOf } from '../platform/beijing.ts';
import { Failed } from '../platform/Failed.tsx';
import { duration } from '../platform/format.ts';
import type { Tone } from '../platform/status.ts';

const tones: Record<Explanation['lines'][number]['kind'], Tone> = {
  arrival: 'quiet',
  placed: 'talking',
  waiting: 'waiting',
  offer: 'ringing',
  end: 'quiet',
};

/** 路由说明: why the call went to this agent, and why it took so long. */
export function RoutingExplanation({ contactId }: { contactId: string }) {
  const { data, error, isLoadingError, isPending, refetch } = useQuery(
    api.queues.explain.queryOptions({ input: { contactId } }),
  );
  if (isPending) return <Spin />;
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  const start = data.lines[0]?.at.getTime() ?? 0;
  if (!data.lines.some(({ kind }) => kind === 'placed')) return <p className="muted">该通话没有进入排队。</p>;
  return (
    <ol className="timeline routing">
      {data.lines.map(({ at, kind, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a record that only grows at its end
        <li key={index} data-tone={tones[kind]} data-kind={kind}>
          <time className="num" dateTime={at.toISOString()}>
            {wallOf(at).format('HH:mm:ss')}
          </time>
          <span className="num muted">+{duration(at.getTime() - start)}</span>
          <span>{text}</span>
        </li>
      ))}
    </ol>
  );
}

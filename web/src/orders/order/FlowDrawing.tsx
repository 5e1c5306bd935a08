import { type DrawnNode, type DueLevel, levelOf } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Alert, Spin } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../platform/api.ts';
import { serverNow } from '../../platform/clock.ts';
import { errorText } from '../../platform/errors.ts';
import { Failed } from '../../platform/Failed.tsx';
import { Drawing, type Stand } from '../../workflows/drawing/drawing.ts';
import { span } from '../deadline.ts';
import { placeName } from '../words.ts';

/** 流程监控: the order on the drawing it walks by. `revision` tells when it has moved. */
export default function FlowDrawing({ id, revision }: { id: string; revision: number }) {
  const { data, error, isLoadingError, refetch } = useQuery(
    api.orders.drawing.queryOptions({
      input: { id },
      queryKey: [...api.orders.drawing.key({ input: { id } }), revision],
    }),
  );
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  if (!data) return <Spin className="order-drawing" />;
  return <Drawn xml={data.drawing} nodes={data.nodes} />;
}

function Drawn({ xml, nodes }: { xml: string; nodes: DrawnNode[] }) {
  const container = useRef<HTMLDivElement>(null);
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [wrong, setWrong] = useState<unknown>(null);
  useEffect(() => {
    if (!container.current) return;
    const made = new Drawing(container.current, { readOnly: true });
    let here = true;
    made.open(xml).then(
      () => here && setDrawing(made),
      (error: unknown) => here && setWrong(error),
    );
    return () => {
      here = false;
      setDrawing(null);
      made.close();
    };
  }, [xml]);
  useEffect(() => drawing?.stand(nodes.flatMap(standOf)), [drawing, nodes]);
  if (wrong !== null) return <Alert type="error" showIcon title={`流程图无法显示：${errorText(wrong)}`} />;
  return (
    <div className="workflow-drawing order-drawing" ref={container} role="img" aria-label="工单在流程图中的位置" />
  );
}

const howOf: Record<DueLevel, Stand['how']> = { normal: 'now', near: 'near', overdue: 'late' };

function standOf({ node, state, since, doneAt, dueAt, warnAt, unit, person }: DrawnNode): Stand[] {
  if (!state || !since || !unit) return [];
  if (doneAt) return [{ node, how: 'been', words: '' }];
  const now = serverNow();
  const words = `${placeName({ unit, person })}，已 ${span(now - since.getTime())}`;
  const level = dueAt ? levelOf({ at: dueAt, warnAt }, now) : 'normal';
  return [{ node, how: howOf[level], words }];
}

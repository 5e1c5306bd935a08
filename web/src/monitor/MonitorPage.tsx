import type { MonitorOverview } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Select, Spin } from 'antd';
import { useEffect, useState } from 'react';
import { api } from '../platform/api.ts';
import { learnServerTime } from '../platform/clock.tsx';
import { errorText } from '../platform/errors.ts';
import { AgentGrid } from './AgentGrid.tsx';
import { CallTable } from './CallTable.tsx';
import { DayFigures } from './DayFigures.tsx';
import { QueueTable } from './QueueTable.tsx';
import { inUnit, unitsOf } from './units.ts';
import './monitor.css';

export default function MonitorPage() {
  const { data, error, isPending, refetch } = useQuery(
    api.monitor.overview.queryOptions({ refetchInterval: 10_000, select: learn }),
  );
  const [unit, setUnit] = useState<string | null>(null);
  useEffect(() => {
    document.title = '现场监控 · 热线 Rexian';
  }, []);
  if (isPending) return <Spin className="page-spin" size="large" />;
  if (!data) {
    const retry = (
      <Button size="small" onClick={() => void refetch()}>
        重试
      </Button>
    );
    return <Alert type="error" showIcon title={errorText(error)} action={retry} />;
  }
  const units = unitsOf(data);
  const shown = inUnit(data, unit);
  const choice = units.length > 1 && (
    <Select
      allowClear
      size="small"
      className="unit-choice"
      placeholder="全部中心"
      aria-label="中心"
      value={unit}
      onChange={(value) => setUnit(value ?? null)}
      options={units.map((each) => ({ value: each.path, label: each.name }))}
    />
  );
  return (
    <div className="monitor">
      <DayFigures today={data.today} />
      <div className="monitor-middle">
        <QueueTable queues={shown.queues} askedAt={data.serverTime} />
        <CallTable calls={shown.calls} />
      </div>
      <AgentGrid agents={shown.agents} choice={choice} />
    </div>
  );
}

function learn(overview: MonitorOverview): MonitorOverview {
  learnServerTime(overview.serverTime);
  return overview;
}

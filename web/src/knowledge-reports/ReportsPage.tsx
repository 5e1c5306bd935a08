import { Tabs } from 'antd';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useTitle } from '../platform/useTitle.ts';
import { type Report, readAsked, reports, writeAsked } from './asked.ts';
import { Items } from './Items.tsx';
import { Maintenance, Usage } from './Sums.tsx';
import { Tools } from './Tools.tsx';
import './reports.css';

/** 知识统计: what was done for the knowledge, what was done with it, and which of it. */
export default function ReportsPage() {
  useTitle('知识统计');
  const [query, setQuery] = useSearchParams();
  const asked = useMemo(() => readAsked(query), [query]);
  const items = Object.entries(reports).map(([key, label]) => ({ key, label }));
  const Shown = { maintenance: Maintenance, usage: Usage, items: Items }[asked.report];
  return (
    <div className="list-page">
      <header className="report-tabs panel">
        <Tabs
          items={items}
          activeKey={asked.report}
          onChange={(report) => setQuery(writeAsked({ ...asked, report: report as Report }))}
        />
      </header>
      <Tools asked={asked} onAsk={(next) => setQuery(writeAsked(next))} />
      <Shown asked={asked} />
    </div>
  );
}

import { FireOutlined } from '@ant-design/icons';
import { type FlowDocument, type FlowStatistics, MOST_STATISTICS_DAYS, type NodeStatistics } from '@rexian/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useReactFlow, useStore } from '@xyflow/react';
import { Button, Segmented, Select, Table, type TableColumnType } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { api } from '../../platform/api.ts';
import { DAY, type Dayjs, wallNow } from '../../platform/beijing.ts';
import { DatePicker } from '../../platform/DatePicker.tsx';
import { Failed } from '../../platform/Failed.tsx';
import { duration, percentage } from '../../platform/format.ts';
import { look } from '../canvas/parts.tsx';
import type { ToolProps } from '../editor/tool.ts';
import { FloatingPanel } from './FloatingPanel.tsx';
import { dropOutRate, heatMarks, MEASURES, type Measure } from './heat.ts';
import { useLaidOver } from './useLaidOver.ts';
import { exitLabel } from './way.ts';
import './runs.css';

/** How many calls went which way, laid over the drawing. */
export function HeatControl(props: ToolProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<FireOutlined />} onClick={() => setOpen(!open)} aria-expanded={open}>
        统计
      </Button>
      {open && <Panel {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

type Period = [Dayjs, Dayjs];
const lastDays = (days: number): Period => [wallNow().subtract(days - 1, 'day'), wallNow()];
const presets = [
  { label: '今天', value: () => lastDays(1) },
  { label: '近 7 天', value: () => lastDays(7) },
  { label: '近 30 天', value: () => lastDays(30) },
];

function Panel({ flow, document, showMarks, select, onClose }: ToolProps & { onClose(): void }) {
  const [period, setPeriod] = useState<Period>(() => lastDays(7));
  const [version, setVersion] = useState<number | null>(null);
  const [measure, setMeasure] = useState<Measure>('entries');
  const [from, to] = period.map((day) => day.format(DAY)) as [string, string];
  const { data, error, isFetching, refetch } = useQuery(
    api.flowRuns.statistics.queryOptions({
      input: { id: flow.id, from, to, ...(version === null ? {} : { version }) },
      placeholderData: keepPreviousData,
      staleTime: 60_000,
    }),
  );
  const marks = useMemo(() => (data ? heatMarks(data, document, measure) : null), [data, document, measure]);
  useLaidOver(showMarks, marks);
  useWholeFlow();
  const tooLong = (day: Dayjs, { from: first }: { from?: Dayjs }) =>
    day.isAfter(wallNow(), 'day') || (first !== undefined && Math.abs(day.diff(first, 'day')) >= MOST_STATISTICS_DAYS);
  return (
    <FloatingPanel
      title="流程统计"
      name="heat-panel"
      onClose={onClose}
      extra={
        <div className="heat-controls">
          <DatePicker.RangePicker
            size="small"
            allowClear={false}
            value={period}
            disabledDate={tooLong}
            presets={presets}
            onChange={(value) => value?.[0] && value[1] && setPeriod([value[0], value[1]])}
          />
          <Select
            size="small"
            aria-label="版本"
            value={version}
            onChange={setVersion}
            popupMatchSelectWidth={false}
            options={[{ value: null, label: '全部版本' }, ...versionsOf(data)]}
          />
          <Segmented<Measure>
            size="small"
            value={measure}
            onChange={setMeasure}
            options={Object.entries(MEASURES).map(([value, label]) => ({ value: value as Measure, label }))}
          />
          <span className="heat-legend" aria-hidden="true">
            低 <i /> 高
          </span>
          <span className="num">{data ? `共 ${data.calls.toLocaleString('zh-CN')} 通来电` : ''}</span>
        </div>
      }
    >
      {error ? (
        <Failed error={error} retry={refetch} />
      ) : (
        <Table<NodeStatistics>
          size="small"
          rowKey="node"
          loading={isFetching && !data}
          dataSource={byDropOuts(data)}
          columns={columnsOf(document)}
          pagination={false}
          scroll={{ y: 190 }}
          locale={{ emptyText: '这段时间没有来电经过' }}
          onRow={({ node }) => ({ onClick: () => document.nodes[node] && select(node) })}
          rowClassName={({ node }) => (document.nodes[node] ? 'heat-row' : 'heat-row gone')}
        />
      )}
    </FloatingPanel>
  );
}

/** The drawing has less room while the figures stand below it: all of it is shown in what is left. */
function useWholeFlow() {
  const { fitView } = useReactFlow();
  const room = useStore(({ height }) => height);
  // biome-ignore lint/correctness/useExhaustiveDependencies: fitted anew when the room has changed
  useEffect(() => void fitView(look.fitViewOptions), [fitView, room]);
}

const versionsOf = (data: FlowStatistics | undefined) =>
  (data?.versions ?? []).map(({ version, calls }) => ({ value: version, label: `第 ${version} 版（${calls} 通）` }));

/** Where most are lost comes first. */
const byDropOuts = (data: FlowStatistics | undefined): NodeStatistics[] =>
  (data?.nodes ?? []).toSorted((a, b) => b.dropOuts - a.dropOuts || b.entries - a.entries);

const columnsOf = (document: FlowDocument): TableColumnType<NodeStatistics>[] => {
  const number = (title: string, value: (node: NodeStatistics) => number): TableColumnType<NodeStatistics> => ({
    ...{ title, key: title, width: 84, align: 'right' },
    render: (_, node) => value(node).toLocaleString('zh-CN'),
    sorter: (a, b) => value(a) - value(b),
  });
  return [
    { title: '节点', key: 'title', width: 170, ellipsis: true, render: (_, { title }) => title },
    number('进入', ({ entries }) => entries),
    number('挂机', ({ dropOuts }) => dropOuts),
    {
      ...number('挂机率', (node) => dropOutRate(node) ?? 0),
      render: (_, node) => percentage(dropOutRate(node)),
    },
    { ...number('平均停留', ({ meanMs }) => meanMs), width: 96, render: (_, { meanMs }) => duration(meanMs) },
    { ...number('总停留', ({ totalMs }) => totalMs), width: 96, render: (_, { totalMs }) => duration(totalMs) },
    number('故障', ({ faults }) => faults),
    {
      title: '去向',
      key: 'exits',
      ellipsis: true,
      render: (_, { node, exits }) =>
        exits
          .map(({ exit, count }) => `${exitLabel(document.nodes[node], exit)} ${count.toLocaleString('zh-CN')}`)
          .join('，') || '—',
    },
  ];
};

import {
  CaretRightOutlined,
  PauseOutlined,
  StepBackwardOutlined,
  StepForwardOutlined,
  VerticalRightOutlined,
} from '@ant-design/icons';
import type { FlowPath } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Modal, Spin, Tabs } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { api } from '../../platform/api.ts';
import { Failed } from '../../platform/Failed.tsx';
import { FlowCanvas } from '../canvas/FlowCanvas.tsx';
import { StepList } from './StepList.tsx';
import { marksOf } from './way.ts';
import './runs.css';

/** The way of one call on its flows. */
export default function Replay({ contactId, onClose }: { contactId: string; onClose(): void }) {
  const { data, error, refetch } = useQuery(api.flowRuns.path.queryOptions({ input: { id: contactId } }));
  return (
    <Modal open title="流程轨迹" footer={null} width="min(1400px, 96vw)" onCancel={onClose} centered destroyOnHidden>
      <div className="replay">
        {error ? <Failed error={error} retry={refetch} /> : data ? <Course path={data} /> : <Spin />}
      </div>
    </Modal>
  );
}

const PACE_MS = 1_000;

function Course({ path }: { path: FlowPath }) {
  const { steps, flows } = path;
  const last = steps.length - 1;
  /** null: the newest, also while the call goes on. */
  const [chosen, setChosen] = useState<number | null>(null);
  const [playing, setPlaying] = useState(false);
  const [tab, setTab] = useState<number | null>(null);
  const at = Math.min(chosen ?? last, last);
  const go = (index: number) => {
    setTab(null);
    setChosen(index >= last ? null : Math.max(0, index));
  };
  useEffect(() => {
    if (!playing) return;
    if (at >= last) return setPlaying(false);
    const timer = setTimeout(() => {
      setTab(null);
      setChosen(at + 1);
    }, PACE_MS);
    return () => clearTimeout(timer);
  }, [playing, at, last]);
  if (steps.length === 0) return <Empty description="这次通话没有经过流程" />;
  const flow = tab ?? steps[at]?.flow ?? flowBefore(path, at);
  const play = () => {
    if (!playing && at >= last) go(0);
    setPlaying(!playing);
  };
  return (
    <>
      <main>
        <Tabs
          size="small"
          activeKey={String(flow)}
          onChange={(key) => setTab(Number(key))}
          items={flows.map(({ name, version }, index) => ({
            key: String(index),
            label: version > 0 ? `${name} 第 ${version} 版` : `${name} 草稿`,
          }))}
        />
        <Drawing path={path} flow={flow} at={at} onSelect={go} />
      </main>
      <aside>
        <div className="replay-bar">
          <Button icon={<VerticalRightOutlined />} title="回到开始" aria-label="回到开始" onClick={() => go(0)} />
          <Button
            icon={<StepBackwardOutlined />}
            title="上一步"
            aria-label="上一步"
            disabled={at === 0}
            onClick={() => go(at - 1)}
          />
          <Button type="primary" icon={playing ? <PauseOutlined /> : <CaretRightOutlined />} onClick={play}>
            {playing ? '暂停' : '播放'}
          </Button>
          <Button
            icon={<StepForwardOutlined />}
            title="下一步"
            aria-label="下一步"
            disabled={at >= last}
            onClick={() => go(at + 1)}
          />
          <span className="num muted">
            {at + 1} / {steps.length}
          </span>
        </div>
        <StepList path={path} current={at} onSelect={go} />
      </aside>
    </>
  );
}

/** While the caller is in the house's own flow, the drawing shows where they came from. */
const flowBefore = ({ steps }: FlowPath, at: number): number =>
  steps.slice(0, at + 1).findLast(({ flow }) => flow !== null)?.flow ?? 0;

type DrawingProps = { path: FlowPath; flow: number; at: number; onSelect(index: number): void };

function Drawing({ path, flow, at, onSelect }: DrawingProps) {
  const document = path.flows[flow]?.document ?? null;
  const marks = useMemo(() => document && marksOf(path, flow, document, at + 1), [path, flow, document, at]);
  if (!document || !marks)
    return <Empty className="replay-none" description="这个流程的内容已不保留，或不在可见范围" />;
  const current = path.steps[at];
  const select = (node: string | null) => {
    const index = path.steps.findIndex((step) => step.flow === flow && step.node === node);
    if (index >= 0) onSelect(index);
  };
  return (
    <div className="replay-canvas">
      <FlowCanvas
        document={document}
        marks={marks.nodes}
        {...(marks.edges ? { edgeMarks: marks.edges } : {})}
        selected={current?.flow === flow ? current.node : null}
        onSelect={select}
      />
    </div>
  );
}

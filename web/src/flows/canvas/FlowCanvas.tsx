import type { FlowDocument } from '@rexian/contracts';
import { Background, Controls, ReactFlow, ReactFlowProvider, useReactFlow, useStore } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import { drawEdges, drawNodes } from './drawing.ts';
import { GRID, placed } from './layout.ts';
import type { EdgeMarks, NodeMarks } from './marks.ts';
import { look, Overview } from './parts.tsx';
import '@xyflow/react/dist/base.css';
import './canvas.css';

type Props = {
  document: FlowDocument;
  marks?: NodeMarks;
  edgeMarks?: EdgeMarks;
  selected?: string | null;
  onSelect?(nodeId: string | null): void;
  /** Shows the whole flow when it opens, when another is shown, and when there is more room. */
  fit?: boolean;
};

/** A flow to look at. */
export function FlowCanvas(props: Props) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  );
}

/** Fewer are all in sight, and the overview would only cover some. */
const MANY_NODES = 30;

function Drawing({ document, marks, edgeMarks, selected = null, onSelect, fit = true }: Props) {
  const { fitView } = useReactFlow();
  const room = useStore(({ width, height }) => `${width} ${height}`);
  const clicked = useRef<string | null>(null);
  const flow = useMemo(() => placed(document), [document]);
  const cards = useMemo(() => drawNodes(flow, marks), [flow, marks]);
  const nodes = useMemo(
    () =>
      selected === null ? cards : cards.map((card) => (card.id === selected ? { ...card, selected: true } : card)),
    [cards, selected],
  );
  const edges = useMemo(() => drawEdges(flow, edgeMarks), [flow, edgeMarks]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another flow is shown whole as well, and after an opening dialog has its size
  useEffect(() => {
    if (fit) void fitView(look.fitViewOptions);
  }, [fit, fitView, flow, room]);
  useEffect(() => {
    // What was clicked is in sight.
    if (selected === null || selected === clicked.current) return;
    clicked.current = null;
    if (Object.hasOwn(flow.nodes, selected)) void fitView({ nodes: [{ id: selected }], maxZoom: 0.8, duration: 250 });
  }, [selected, fitView, flow]);
  return (
    <div className="flow-canvas">
      <ReactFlow
        {...look}
        nodes={nodes}
        edges={edges}
        fitView={fit}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        deleteKeyCode={null}
        onNodeClick={(_event, { id }) => {
          clicked.current = id;
          onSelect?.(id);
        }}
        onPaneClick={() => onSelect?.(null)}
      >
        <Background gap={GRID} />
        <Controls showInteractive={false} aria-label="缩放" fitViewOptions={look.fitViewOptions} />
        {nodes.length > MANY_NODES && <Overview />}
      </ReactFlow>
    </div>
  );
}

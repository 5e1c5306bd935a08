import type { FlowDocument } from '@rexian/contracts';
import { Background, Controls, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
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
  /** Shows the whole flow when it opens, and when another is shown. */
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

function Drawing({ document, marks, edgeMarks, selected = null, onSelect, fit = true }: Props) {
  const { fitView } = useReactFlow();
  const flow = useMemo(() => placed(document), [document]);
  const cards = useMemo(() => drawNodes(flow, marks), [flow, marks]);
  const nodes = useMemo(
    () =>
      selected === null ? cards : cards.map((card) => (card.id === selected ? { ...card, selected: true } : card)),
    [cards, selected],
  );
  const edges = useMemo(() => drawEdges(flow, edgeMarks), [flow, edgeMarks]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another flow is shown whole as well
  useEffect(() => {
    if (fit) void fitView(look.fitViewOptions);
  }, [fit, fitView, flow]);
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
        onNodeClick={(_event, { id }) => onSelect?.(id)}
        onPaneClick={() => onSelect?.(null)}
      >
        <Background gap={GRID} />
        <Controls showInteractive={false} aria-label="缩放" />
        <Overview />
      </ReactFlow>
    </div>
  );
}

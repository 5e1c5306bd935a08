/** What every drawing of a flow has in common. */
import { MiniMap, type ReactFlowProps } from '@xyflow/react';
import { nodeTypes } from '../registry.ts';
import type { CardNode, ExitEdge as Drawn } from './drawing.ts';
import { ExitEdge } from './ExitEdge.tsx';
import { NodeCard } from './NodeCard.tsx';

export const look = {
  nodeTypes: { card: NodeCard },
  edgeTypes: { exit: ExitEdge },
  minZoom: 0.1,
  maxZoom: 1.6,
  onlyRenderVisibleElements: true,
  fitViewOptions: { padding: 0.12, maxZoom: 1 },
  ariaLabelConfig: {
    'controls.zoomIn.ariaLabel': '放大',
    'controls.zoomOut.ariaLabel': '缩小',
    'controls.fitView.ariaLabel': '显示全部',
  },
} satisfies Partial<ReactFlowProps<CardNode, Drawn>>;

const COLOURS: Readonly<Record<string, string>> = {
  speech: '#5b8fc7',
  logic: '#9a7fd0',
  service: '#4fae86',
  end: '#94a1ae',
};
const FAULT = '#c9302c';

const colourOf = ({ data }: CardNode): string =>
  data.mark?.tone === 'fault' ? FAULT : (COLOURS[nodeTypes.get(data.node.type)?.group ?? ''] ?? FAULT);

export const Overview = () => (
  <MiniMap<CardNode> pannable zoomable nodeColor={colourOf} nodeBorderRadius={12} ariaLabel="缩略图" />
);

/** What of a flow is in view when it is opened. */
import type { FlowDocument } from '@rexian/contracts';
import type { Viewport } from '@xyflow/react';
import { GRID } from './layout.ts';
import { heightOf, NODE_WIDTH } from './size.ts';

/** Below it titles can't be read. */
export const READABLE = 0.7;
const MARGIN = 2 * GRID;

export interface Size {
  width: number;
  height: number;
}

/** All of it where that can be read; else the start at the left, and as much of what follows as there is room for. */
export function openingView({ start, nodes }: FlowDocument, { width, height }: Size): Viewport {
  const boxes = Object.values(nodes).map((node) => {
    const { x, y } = node.at ?? { x: 0, y: 0 };
    return { left: x, top: y, right: x + NODE_WIDTH, bottom: y + heightOf(node) };
  });
  if (boxes.length === 0) return { x: 0, y: 0, zoom: 1 };
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const wide = Math.max(...boxes.map((box) => box.right)) - left;
  const high = Math.max(...boxes.map((box) => box.bottom)) - top;
  const fitting = Math.min((width - 2 * MARGIN) / wide, (height - 2 * MARGIN) / high, 1);
  if (fitting >= READABLE)
    return {
      zoom: fitting,
      x: (width - wide * fitting) / 2 - left * fitting,
      y: (height - high * fitting) / 2 - top * fitting,
    };
  const zoom = READABLE;
  const first = nodes[start];
  const at = first?.at ?? { x: left, y: top };
  const middle = first ? at.y + heightOf(first) / 2 : at.y;
  const y = high * zoom + 2 * MARGIN <= height ? (height - high * zoom) / 2 - top * zoom : height / 2 - middle * zoom;
  return { zoom, x: MARGIN - at.x * zoom, y };
}

import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath, getSmoothStepPath } from '@xyflow/react';
import { memo } from 'react';
import type { ExitEdge as Drawn } from './drawing.ts';

/** From an exit to a node; a way back goes round below. */
export const ExitEdge = memo(function ExitEdge({ data, ...edge }: EdgeProps<Drawn>) {
  const { sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition, markerEnd } = edge;
  const ends = { sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition };
  const [path, labelX, labelY] =
    targetX > sourceX - 20 ? getBezierPath(ends) : getSmoothStepPath({ ...ends, borderRadius: 14, offset: 26 });
  return (
    <>
      <BaseEdge path={path} interactionWidth={18} {...(markerEnd ? { markerEnd } : {})} />
      {data?.badge !== undefined && (
        <EdgeLabelRenderer>
          <span
            className="edge-badge"
            style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
          >
            {data.badge}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

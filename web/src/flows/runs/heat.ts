/** Figures of a flow as they are drawn: the more, the hotter. */
import type { FlowDocument, FlowStatistics, NodeStatistics } from '@rexian/contracts';
import { duration, percentage } from '../../platform/format.ts';
import { type EdgeMark, edgeKey, type Marks, type NodeMark } from '../canvas/marks.ts';
import { drawnExit } from './way.ts';

export const MEASURES = { entries: '进入次数', dropOuts: '挂机率', time: '停留时长' } as const;
export type Measure = keyof typeof MEASURES;

/** Of those who came in; null: nobody did. */
export const dropOutRate = ({ dropOuts, entries }: NodeStatistics): number | null =>
  entries > 0 ? Math.min(1, dropOuts / entries) : null;

const measured: Readonly<Record<Measure, (node: NodeStatistics) => number>> = {
  entries: ({ entries }) => entries,
  dropOuts: (node) => dropOutRate(node) ?? 0,
  time: ({ meanMs }) => meanMs,
};
const shown: Readonly<Record<Measure, (node: NodeStatistics) => string>> = {
  entries: ({ entries }) => entries.toLocaleString('zh-CN'),
  dropOuts: (node) => percentage(dropOutRate(node)),
  time: ({ meanMs }) => duration(meanMs),
};

/** Heat against the hottest node; exits carry their counts. Nodes that nobody entered stay as they are. */
export function heatMarks({ nodes }: FlowStatistics, document: FlowDocument, measure: Measure): Marks {
  const most = Math.max(0, ...nodes.map(measured[measure]));
  const marks = nodes.map((node): [string, NodeMark] => {
    const heat = most > 0 ? measured[measure](node) / most : 0;
    return [node.node, { tone: 'heat', heat, badge: shown[measure](node) }];
  });
  const counts = new Map<string, number>();
  for (const { node, exits } of nodes)
    for (const { exit, count } of exits) {
      const drawn = drawnExit(document, node, exit);
      // An exit that isn't connected is drawn as the one that is taken in its place.
      if (drawn !== undefined) counts.set(edgeKey(node, drawn), (counts.get(edgeKey(node, drawn)) ?? 0) + count);
    }
  const edges = [...counts].map(([key, count]): [string, EdgeMark] => [
    key,
    { tone: 'passed', badge: count.toLocaleString('zh-CN') },
  ]);
  return { nodes: new Map(marks), edges: new Map(edges) };
}

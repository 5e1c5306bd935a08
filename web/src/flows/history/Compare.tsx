import type { FlowDocument } from '@rexian/contracts';
import { differenceOf, linesOf } from '@rexian/flows/difference.ts';
import { useMemo, useState } from 'react';
import * as drafts from '../../drafts/Compare.tsx';
import { FlowCanvas } from '../canvas/FlowCanvas.tsx';
import { NamesProvider } from '../canvas/names.ts';
import { nodeTypes } from '../registry.ts';
import { marksOf } from './marksOf.ts';
import { useNames } from './useNames.ts';
import './history.css';

export interface Side {
  /** 版本 3, 草稿 */
  title: string;
  document: FlowDocument;
}

type Props = {
  unitId: string;
  /** null: there was nothing before. */
  before: Side | null;
  after: Side;
};

const NOTHING: FlowDocument = { start: 'none', nodes: {} };

/** Two states of a flow, what differs in colour. */
export function Compare({ unitId, before, after }: Props) {
  const names = useNames(unitId);
  const [selected, setSelected] = useState<string | null>(null);
  const was = before?.document ?? NOTHING;
  const { lines, marks } = useMemo(() => {
    const difference = differenceOf(was, after.document, nodeTypes, (_kind, id) => names.get(id));
    return {
      lines: linesOf(difference, was, after.document, nodeTypes).map(({ node, text }) => ({ element: node, text })),
      marks: marksOf(difference),
    };
  }, [was, after.document, names]);
  return (
    <NamesProvider value={names}>
      <drafts.Compare
        before={before && <Drawing side={before} marks={marks.before} {...{ selected, setSelected }} />}
        after={
          <Drawing side={after} marks={before ? marks.after : { nodes: new Map() }} {...{ selected, setSelected }} />
        }
        {...{ lines, selected }}
        onSelect={setSelected}
      />
    </NamesProvider>
  );
}

type DrawingProps = {
  side: Side;
  marks: ReturnType<typeof marksOf>['after'];
  selected: string | null;
  setSelected(node: string | null): void;
};

function Drawing({ side: { title, document }, marks: { nodes, edges }, selected, setSelected }: DrawingProps) {
  return (
    <drafts.Side title={title}>
      <FlowCanvas
        document={document}
        marks={nodes}
        {...(edges ? { edgeMarks: edges } : {})}
        selected={selected}
        onSelect={setSelected}
        fit
      />
    </drafts.Side>
  );
}

import type { FlowDocument } from '@rexian/contracts';
import { differenceOf, isSame, linesOf } from '@rexian/flows/difference.ts';
import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
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

/** Two states of a flow, one above the other as flows are wide, what differs in colour, and every change as a sentence that leads to its node. */
export function Compare({ unitId, before, after }: Props) {
  const names = useNames(unitId);
  const [selected, setSelected] = useState<string | null>(null);
  const [shown, setShown] = useState<'both' | 'after'>('both');
  const was = before?.document ?? NOTHING;
  const { lines, marks, same } = useMemo(() => {
    const difference = differenceOf(was, after.document, nodeTypes, (_kind, id) => names.get(id));
    return {
      lines: linesOf(difference, was, after.document, nodeTypes),
      marks: marksOf(difference),
      same: isSame(difference),
    };
  }, [was, after.document, names]);
  return (
    <NamesProvider value={names}>
      <div className="compare">
        <div className="compare-drawings">
          {before && shown === 'both' && <Drawing side={before} marks={marks.before} {...{ selected, setSelected }} />}
          <Drawing side={after} marks={before ? marks.after : { nodes: new Map() }} {...{ selected, setSelected }} />
        </div>
        <section className="compare-changes" aria-label="改动">
          <header>
            <b>{before ? `改动 ${lines.length} 处` : '首次发布'}</b>
            {before && (
              <Segmented
                size="small"
                options={[
                  { value: 'both', label: '上下对照' },
                  { value: 'after', label: '只看改后' },
                ]}
                value={shown}
                onChange={setShown}
              />
            )}
          </header>
          {before && same && <p className="muted">内容相同</p>}
          {before && (
            <ul>
              {lines.map(({ node, text }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: sentences may repeat, and the list is never reordered
                <li key={index}>
                  <button
                    type="button"
                    aria-pressed={node !== null && node === selected}
                    onClick={() => setSelected(node)}
                  >
                    {text}
                  </button>
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
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
    <figure className="compare-drawing">
      <figcaption>{title}</figcaption>
      <FlowCanvas
        document={document}
        marks={nodes}
        {...(edges ? { edgeMarks: edges } : {})}
        selected={selected}
        onSelect={setSelected}
        fit
      />
    </figure>
  );
}

/** What is wrong with the flow on the screen, while it is drawn. */
import type { FlowDocument } from '@rexian/contracts';
import type { Finding } from '@rexian/flows/graph.ts';
import { type Known, type Validation, validate } from '@rexian/flows/validate.ts';
import { hashKey } from '@tanstack/react-query';
import { createContext, use, useDeferredValue, useMemo, useRef } from 'react';
import { useSettled } from '../../forms/useSettled.ts';
import type { NodeMark, NodeMarks } from '../canvas/marks.ts';
import { nodeTypes } from '../registry.ts';

const AFTER_MS = 200;

export interface ToldFinding extends Finding {
  tone: 'fault' | 'warning';
}

export interface Findings extends Validation {
  byNode: ReadonlyMap<string, readonly ToldFinding[]>;
  nodeMarks: NodeMarks;
}

const FindingsContext = createContext<Findings>({ faults: [], warnings: [], byNode: new Map(), nodeMarks: new Map() });
export const FindingsProvider = FindingsContext.Provider;
export const useFound = () => use(FindingsContext);

/** Follows the document once it has not changed for a moment, and there is time: nobody waits for it while typing. */
export function useFindings(document: FlowDocument, known: Known | null): Findings {
  const settled = useDeferredValue(useSettled(document, AFTER_MS));
  const told = useRef<Findings>(undefined);
  return useMemo(() => {
    told.current = findingsOf(settled, known, told.current);
    return told.current;
  }, [settled, known]);
}

/** Where nothing else is wrong than `before`, it is the same objects: nothing is drawn again for it. */
export function findingsOf(document: FlowDocument, known: Known | null, before?: Findings): Findings {
  const { faults, warnings } = validate(document, nodeTypes, known);
  if (before && alike(faults, before.faults) && alike(warnings, before.warnings)) return before;
  const byNode = new Map<string, ToldFinding[]>();
  const tell = (finding: Finding, tone: ToldFinding['tone']) => {
    if (finding.node === null) return;
    const told = byNode.get(finding.node) ?? [];
    told.push({ ...finding, tone });
    byNode.set(finding.node, told);
  };
  for (const fault of faults) tell(fault, 'fault');
  for (const warning of warnings) tell(warning, 'warning');
  for (const [id, told] of byNode) {
    const old = before?.byNode.get(id);
    if (old && alike(told, old)) byNode.set(id, old as ToldFinding[]);
  }
  return { faults, warnings, byNode, nodeMarks: new Map([...byNode].map(([id, told]) => [id, markOf(told)])) };
}

const alike = (some: readonly Finding[], others: readonly Finding[]): boolean =>
  some.length === others.length && hashKey([some]) === hashKey([others]);

/** An exit's place in the form. */
export const portField = (port: string): string => `exit:${port}`;

const marks = new Map<string, NodeMark>();

/** The same object for the same mark: what is marked as before isn't drawn again. */
function markOf(told: readonly ToldFinding[]): NodeMark {
  const faults = told.filter(({ tone }) => tone === 'fault').length;
  const badge = faults > 0 ? `${faults} 处错误` : `${told.length} 处提醒`;
  const mark: NodeMark = marks.get(badge) ?? { tone: faults > 0 ? 'fault' : 'warning', badge };
  marks.set(badge, mark);
  return mark;
}

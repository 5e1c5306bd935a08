import type { Finding } from '@rexian/workflows/graph.ts';
import { readWorkflow } from '@rexian/workflows/read.ts';
import { useEffect, useState } from 'react';
import type { Drawing } from '../drawing/drawing.ts';

/** What stands in the way of publishing what is drawn, marked on the drawing; null: not looked at yet. */
export function useFindings(xml: string, drawing: Drawing | null): readonly Finding[] | null {
  const [faults, setFaults] = useState<readonly Finding[] | null>(null);
  useEffect(() => {
    let latest = true;
    void readWorkflow(xml).then((reading) => latest && setFaults(reading.faults));
    return () => {
      latest = false;
    };
  }, [xml]);
  useEffect(() => {
    if (faults) drawing?.mark(faults);
  }, [faults, drawing]);
  return faults;
}

import type { Change } from '@rexian/workflows/difference.ts';
import { Alert } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { errorText } from '../../platform/errors.ts';
import { Drawing } from '../drawing/drawing.ts';

type Props = {
  xml: string;
  label: string;
  /** How it differs from another. */
  marks?: ReadonlyMap<string, Change>;
  /** Brought into sight; null: nothing. */
  selected?: string | null;
};

const SAME: ReadonlyMap<string, Change> = new Map();

/** A drawing to be looked at. */
export function Viewer({ xml, label, marks = SAME, selected = null }: Props) {
  const container = useRef<HTMLDivElement>(null);
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [wrong, setWrong] = useState<unknown>(null);
  useEffect(() => {
    if (!container.current) return;
    const made = new Drawing(container.current, { readOnly: true });
    let here = true;
    made.open(xml).then(
      () => {
        if (!here) return;
        made.changed(marks);
        setDrawing(made);
      },
      (error: unknown) => here && setWrong(error),
    );
    return () => {
      here = false;
      setDrawing(null);
      made.close();
    };
  }, [xml, marks]);
  useEffect(() => {
    if (selected !== null) drawing?.select(selected);
  }, [drawing, selected]);
  if (wrong !== null) return <Alert type="error" showIcon title={`流程图无法显示：${errorText(wrong)}`} />;
  return <section className="workflow-drawing" ref={container} aria-label={label} />;
}

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { Drawing } from '../drawing/drawing.ts';
import type { DrawnElement } from '../drawing/library.ts';

/** Shapes drawn in a row are written out together. */
const WRITTEN_AFTER_MS = 200;

export interface Drawn {
  drawing: Drawing;
  /** The element that is selected alone. */
  selected: DrawnElement | null;
  canUndo: boolean;
  canRedo: boolean;
}

export interface Screen {
  /** null: not drawn yet. */
  drawn: Drawn | null;
  /** BPMN of what is on the screen. */
  xml: string;
  /** Something was drawn that `xml` doesn't have yet. */
  pending: boolean;
  /** `xml`, as it is now. */
  write(): Promise<string>;
  /** Puts another drawing in the place of this one. */
  replace(xml: string): Promise<void>;
  /** Why it can't be drawn. */
  wrong: unknown;
}

/** Draws `initial` into the element. */
export function useDrawing(container: RefObject<HTMLElement | null>, initial: string, readOnly: boolean): Screen {
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [xml, setXml] = useState(initial);
  /** Counts changes, and says up to which of them `xml` goes. */
  const [changes, setChanges] = useState(0);
  const [written, setWritten] = useState(0);
  const [wrong, setWrong] = useState<unknown>(null);
  const [, setTurn] = useState(0);
  const first = useRef(initial);

  useEffect(() => {
    if (!container.current) return;
    let here = true;
    const again = () => here && setTurn((turn) => turn + 1);
    const made = new Drawing(container.current, {
      readOnly,
      listener: { changed: () => here && setChanges((count) => count + 1), selected: again },
    });
    made.open(first.current).then(
      () => here && setDrawing(made),
      (error: unknown) => here && setWrong(error),
    );
    return () => {
      here = false;
      setDrawing(null);
      made.close();
    };
  }, [container, readOnly]);

  const write = useCallback(async () => {
    const now = (await drawing?.xml()) ?? first.current;
    setXml(now);
    setWritten(changes);
    return now;
  }, [drawing, changes]);
  const pending = changes !== written;
  useEffect(() => {
    if (!pending) return;
    const timer = setTimeout(() => void write(), WRITTEN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [pending, write]);
  const replace = useCallback(
    async (next: string) => {
      await drawing?.open(next);
      setXml(next);
      setWritten(changes);
    },
    [drawing, changes],
  );
  const drawn: Drawn | null = drawing && {
    ...{ drawing, selected: drawing.selected },
    canUndo: !readOnly && drawing.canUndo,
    canRedo: !readOnly && drawing.canRedo,
  };
  return { drawn, xml, pending, write, replace, wrong };
}

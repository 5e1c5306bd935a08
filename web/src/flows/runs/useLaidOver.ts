import { useEffect, useRef } from 'react';
import type { Marks } from '../canvas/marks.ts';

/** Lays marks over the drawing for as long as the component lives. */
export function useLaidOver(showMarks: (marks: Marks | null) => void, marks: Marks | null): void {
  const show = useRef(showMarks);
  show.current = showMarks;
  useEffect(() => show.current(marks), [marks]);
  useEffect(() => () => show.current(null), []);
}

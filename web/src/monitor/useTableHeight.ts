import { useLayoutEffect, useRef, useState } from 'react';

/** Height of a small table's head, and of the bar below it that scrolls sideways. */
const HEAD = 50;

/** A virtual table wants its height in pixels: what is left of its box below the head. */
export function useTableHeight() {
  const box = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(400);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setHeight(Math.max(160, element.clientHeight - HEAD));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { box, height };
}

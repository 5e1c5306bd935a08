import type { BoardAgent } from '@rexian/contracts';
import { Empty } from 'antd';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { AgentCard } from './AgentCard.tsx';
import type { Order } from './filters.ts';
import { useOrdered } from './useOrdered.ts';
import { neighbour, windowOf } from './windowing.ts';

/** As in monitor.css, gaps included. */
const CARD_WIDTH = 196;
const ROW_HEIGHT = 82;

/** All agents as cards; only those in sight are drawn. Arrow keys walk, Enter opens what can be done. */
export function AgentGrid({ agents, order }: { agents: BoardAgent[]; order: Order }) {
  const [menuOpen, setMenuOpen] = useState(false);
  const shown = useOrdered(agents, order, menuOpen);
  const [at, setAt] = useState(0);
  const { box, size, scrolled } = useSight();
  const { columns, first, end, height } = windowOf({
    ...{ count: shown.length, width: size.width, cardWidth: CARD_WIDTH, rowHeight: ROW_HEIGHT },
    ...{ scrolled, seen: size.height },
  });
  const drawn = shown.slice(first * columns, end * columns);
  const reachable = Math.min(Math.max(at, first * columns), first * columns + drawn.length - 1);
  const walk = useWalk(box, columns, shown.length, setAt);
  return (
    <div className="agent-scroll" ref={box}>
      {agents.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有符合条件的坐席" />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the cards inside are the buttons, the arrow keys go from one to the next */}
      <div style={{ height }} onKeyDown={walk}>
        <div
          className="agents"
          style={{ transform: `translateY(${first * ROW_HEIGHT}px)`, gridTemplateColumns: `repeat(${columns}, 1fr)` }}
        >
          {drawn.map((agent, offset) => (
            <AgentCard
              key={agent.person.id}
              agent={agent}
              index={first * columns + offset}
              reachable={first * columns + offset === reachable}
              onMenu={setMenuOpen}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** The part of the box that is in sight. */
function useSight() {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [scrolled, setScrolled] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    const scroll = () => setScrolled(element.scrollTop);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', scroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', scroll);
    };
  }, []);
  return { box, size, scrolled };
}

/** Moves the focus by arrow keys, scrolling there first when the card isn't drawn yet. */
function useWalk(box: { current: HTMLDivElement | null }, columns: number, count: number, setAt: (at: number) => void) {
  const wanted = useRef<number | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    const card = box.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`);
    if (!card) return;
    wanted.current = null;
    card.focus();
  });
  return (event: KeyboardEvent) => {
    const from = (event.target as HTMLElement).closest<HTMLElement>('[data-index]')?.dataset.index;
    if (from === undefined || !box.current) return;
    const to = neighbour(Number(from), event.key, columns, count);
    if (to === null) return;
    event.preventDefault();
    wanted.current = to;
    setAt(to);
    const top = Math.floor(to / columns) * ROW_HEIGHT;
    const { scrollTop, clientHeight } = box.current;
    if (top < scrollTop) box.current.scrollTop = top;
    else if (top + ROW_HEIGHT > scrollTop + clientHeight) box.current.scrollTop = top + ROW_HEIGHT - clientHeight;
  };
}

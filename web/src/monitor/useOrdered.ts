import type { BoardAgent } from '@rexian/contracts';
import { useMemo, useRef } from 'react';
import { useServerNow } from '../platform/clock.ts';
import type { Order } from './filters.ts';
import { ordered } from './order.ts';

/** Alarms that went off meanwhile rise this often. */
const RESORT_MS = 5_000;

/** Agents in order. While `held` (a menu is open) nobody moves: what is below the pointer stays there. */
export function useOrdered(agents: BoardAgent[], order: Order, held: boolean): BoardAgent[] {
  const beat = Math.floor(useServerNow() / RESORT_MS);
  const kept = useRef<string[]>([]);
  return useMemo(() => {
    if (held) {
      const places = new Map(kept.current.map((id, place) => [id, place]));
      const place = ({ person }: BoardAgent) => places.get(person.id) ?? Number.POSITIVE_INFINITY;
      return [...agents].sort((a, b) => place(a) - place(b) || 0);
    }
    const sorted = ordered(agents, order, beat * RESORT_MS);
    kept.current = sorted.map(({ person }) => person.id);
    return sorted;
  }, [agents, order, held, beat]);
}

import type { BoardAgent, BoardQueue, DayFigures, LiveCall } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../platform/api.ts';
import { learnServerTime } from '../platform/clock.ts';
import type { BoardFilter } from './filters.ts';

/** Messages bring changes; this heals what a message lost, and brings the counts of the day. */
const REFETCH_MS = 10_000;
/** Thousands of rows with dates in them: comparing old and new would cost more than drawing what is in sight. */
const often = {
  refetchInterval: REFETCH_MS,
  structuralSharing: false,
  placeholderData: <T>(before: T) => before,
} as const;

export interface Board {
  agents: BoardAgent[];
  queues: BoardQueue[];
  today: DayFigures;
}

export interface BoardProps {
  board: Board;
  filter: BoardFilter;
  change(change: Partial<BoardFilter>): void;
}

/** What every view of the board needs: alarms come from agents and queues. */
export function useBoard(unitId: string | null, signedOut: boolean) {
  const ofUnit = unitId ? { unitId } : {};
  const agents = useQuery(api.monitor.agents.queryOptions({ input: { ...ofUnit, signedOut }, ...often }));
  const answeredAt = agents.data?.serverTime;
  useEffect(() => {
    if (answeredAt) learnServerTime(answeredAt);
  }, [answeredAt]);
  const queues = useQuery(api.monitor.queues.queryOptions({ input: ofUnit, ...often }));
  const today = useQuery(api.monitor.today.queryOptions({ input: ofUnit, ...often }));
  const all = [agents, queues, today];
  const board: Board | null =
    agents.data && queues.data && today.data
      ? { agents: agents.data.agents, queues: queues.data.queues, today: today.data.today }
      : null;
  return {
    board,
    error: all.find((each) => each.error)?.error ?? null,
    retry: () => Promise.all(all.filter((each) => each.error).map((each) => each.refetch())),
  };
}

/** Calls of the board: those that wait, or all. */
export function useCalls(of: { unitId: string | null; queueId: string | null; waiting: boolean }): LiveCall[] {
  const { data } = useQuery(
    api.monitor.calls.queryOptions({
      input: {
        ...(of.unitId ? { unitId: of.unitId } : {}),
        ...(of.queueId ? { queueId: of.queueId } : {}),
        ...(of.waiting ? { states: ['queued' as const, 'ringing' as const] } : {}),
      },
      ...often,
    }),
  );
  return data?.calls ?? [];
}

import type { Queue, QueueAgent, UnitRef } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useViewer } from '../auth/viewer.ts';
import { api, client } from '../platform/api.ts';
import type { Names } from './words.ts';

const none: Queue[] = [];

/** All queues in reach; a province has a hundred or so. */
export function useQueues() {
  const { data, ...query } = useQuery(api.queues.list.queryOptions({ input: {} }));
  return { ...query, queues: data ?? none };
}

/** Where overflow may lead, by id: queues, access codes in reach, and those of other centres that take callers of the viewer's. */
export function useTargetNames(queues: readonly Queue[]): Names {
  const { unit, chosenCentre } = useViewer();
  const unitId = (chosenCentre ?? unit).id;
  const { data: codes } = useQuery(api.accessCodes.list.queryOptions({ staleTime: 30_000 }));
  const { data: open } = useQuery(api.queues.overflowCodes.queryOptions({ input: { unitId }, staleTime: 30_000 }));
  return useMemo(() => {
    const named = [...queues, ...(codes ?? []), ...(open ?? [])].map(({ id, name }): [string, string] => [id, name]);
    return new Map(named);
  }, [queues, codes, open]);
}

const MOST = 200;

/** Every member of a queue, however many pages they fill. */
export async function membersOf(queueId: string): Promise<QueueAgent[]> {
  const all: QueueAgent[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof client.queues.agents>> = await client.queues.agents({
      queueId,
      limit: MOST,
      ...(cursor === null ? {} : { cursor }),
    });
    all.push(...page.rows);
    cursor = page.nextCursor;
    if (cursor === null) return all;
  }
}

/** The centre that a page is about, kept in its address: one that has queues, the viewer's own at first. */
export function useCentre(queues: readonly Queue[]) {
  const { centre: own } = useViewer();
  const [query, setQuery] = useSearchParams();
  const centres = useMemo(() => {
    const units = queues.map(({ unit }): [string, UnitRef] => [unit.id, unit]);
    return [...new Map(units).values()];
  }, [queues]);
  const centre = centres.find(({ id }) => id === query.get('unit')) ?? centres.find(({ id }) => id === own.id);
  const choose = (unitId: string) =>
    setQuery(
      (before) => {
        const next = new URLSearchParams(before);
        next.set('unit', unitId);
        return next;
      },
      { replace: true },
    );
  return { centres, centre: centre ?? centres[0], choose };
}

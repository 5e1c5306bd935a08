import type { KnowledgeHit, KnowledgeKind } from '@rexian/contracts';
import { type Looking, useFound, useHot, useSuggestions } from './useLookup.ts';

/** What the list shows: what was found, what is suggested while somebody types, or what is hot. */
export function useRows(looking: Looking, week?: string) {
  const { text, asked } = looking;
  const found = useFound(looking);
  const suggested = useSuggestions(looking);
  const hot = useHot(looking, week);
  const showing = asked !== null ? 'found' : text.trim() !== '' ? 'suggested' : 'hot';
  const hits: FoundHit[] = (found.data?.pages ?? []).flatMap((page) =>
    page.hits.map((hit) => ({ hit, searchId: page.searchId })),
  );
  const { kind: wanted } = looking.filters;
  const ofKind = <Row extends { kind: KnowledgeKind }>(rows: readonly Row[] = []) =>
    rows.filter(({ kind }) => wanted === undefined || kind === wanted);
  const suggestions = ofKind(suggested.data);
  const hottest = ofKind(hot.data);
  const openable =
    showing === 'found'
      ? hits.map(({ hit, searchId }) => ({ kind: hit.kind, id: hit.id, searchId, hit }))
      : (showing === 'suggested' ? suggestions : hottest).map(({ kind, id }) => ({
          ...{ kind, id, searchId: null, hit: null },
        }));
  return { showing, found, suggested, suggestions, hot, hottest, hits, openable } as const;
}
export type Rows = ReturnType<typeof useRows>;
export type FoundHit = { hit: KnowledgeHit; searchId: string };

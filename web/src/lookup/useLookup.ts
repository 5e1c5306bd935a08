import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useReducer } from 'react';
import { useSettled } from '../forms/useSettled.ts';
import { api } from '../platform/api.ts';
import { nothingAsked, type Opened, stepped } from './state.ts';
import { useTell } from './use.ts';

/** So long after the last letter the server is asked for suggestions. */
const PAUSE_MS = 150;
const PAGE = 10;

/** What is looked up, and in which call; `asked`: to begin with. Lives as long as the call, wherever it is shown. */
export function useLookup(contactId: string | null, asked = '') {
  const [lookup, step] = useReducer(stepped, asked, begun);
  const tell = useTell(contactId);
  /** `at`: its place in the list. */
  const open = useCallback(
    (opened: Omit<Opened, 'chosen'>, at?: number) => {
      step({ type: 'opened', opened: { ...opened, chosen: [] }, ...(at !== undefined && { at }) });
      tell('opened', opened);
    },
    [tell],
  );
  return { ...lookup, contactId, step, tell, open };
}

const begun = (asked: string) => stepped(stepped(nothingAsked, { type: 'typed', text: asked }), { type: 'asked' });

export type Looking = ReturnType<typeof useLookup>;

/** Titles that fit what is typed; those of the last letters stay until the next are there. */
export function useSuggestions({ text, asked, filters: { libraryId } }: Looking) {
  const typed = useSettled(text.trim(), PAUSE_MS);
  return useQuery({
    ...api.knowledgeSearch.suggest.queryOptions({ input: { text: typed, ...(libraryId && { libraryId }) } }),
    enabled: asked === null && text.trim() !== '' && typed !== '',
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

/** What was found for what was asked last. Nothing is asked twice by itself: each question is on record. */
export function useFound({ asked, filters, contactId }: Looking) {
  return useInfiniteQuery({
    ...api.knowledgeSearch.search.infiniteOptions({
      input: (offset: number) => ({
        text: asked?.text ?? '',
        ...(asked && Object.keys(asked.fields).length > 0 && { fields: asked.fields }),
        ...filters,
        ...{ contactId, offset, limit: PAGE },
      }),
      initialPageParam: 0,
      getNextPageParam: ({ total }, pages) => (pages.length * PAGE < total ? pages.length * PAGE : undefined),
    }),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What was used most, for those who have not asked yet. */
export function useHot({ filters: { libraryId, unitId } }: Pick<Looking, 'filters'>, week?: string) {
  return useQuery({
    ...api.knowledgeSearch.hot.queryOptions({
      input: { ...(libraryId && { libraryId }), ...(unitId && { unitId }), ...(week && { week }) },
    }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

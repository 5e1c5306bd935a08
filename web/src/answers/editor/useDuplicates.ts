import { useQuery } from '@tanstack/react-query';
import { useSettled } from '../../forms/useSettled.ts';
import { api } from '../../platform/api.ts';

const SHORTEST = 2;
const AFTER_MS = 500;

/** Answers whose phrasings are alike; asked for once the typing pauses. `replacesId`: it is meant to be alike. */
export function useDuplicates(written: readonly string[], exceptId: string | null, replacesId: string | null) {
  const phrasings = [...new Set(written.map((each) => each.trim()))].filter((each) => each.length >= SHORTEST);
  // A text, so that what is written the same is the same.
  const settled = useSettled(JSON.stringify(phrasings.slice(0, 100)), AFTER_MS);
  const asked = JSON.parse(settled) as string[];
  const { data, error, isFetching } = useQuery({
    ...api.answers.duplicates.queryOptions({
      input: { phrasings: asked, exceptId },
      placeholderData: (before) => before,
      staleTime: 30_000,
    }),
    enabled: asked.length > 0,
  });
  const rows = asked.length > 0 ? (data ?? []).filter(({ answer }) => answer.id !== replacesId) : [];
  return { rows, error, isFetching };
}

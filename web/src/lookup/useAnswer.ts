import { turnDue } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../platform/api.ts';
import { knownOf, type Opened } from './state.ts';

/** An answer that is read, and what it says or asks now. What a search has found is there at once. */
export function useAnswer({ id, hit, chosen }: Opened) {
  const found = hit?.turn ? { ...hit, turn: hit.turn } : null;
  const { data, error, refetch } = useQuery({
    ...api.answers.get.queryOptions({ input: { id } }),
    enabled: found === null,
  });
  const read = found
    ? { ...found, question: found.title.map(({ text }) => text).join('') }
    : data && { ...data, turn: data.content.turn, articleId: data.content.articleId };
  return { read, due: read ? turnDue(read.turn, knownOf(chosen)) : null, error, refetch };
}

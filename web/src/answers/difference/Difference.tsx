import type { AnswerContent } from '@rexian/contracts';
import { useQueries } from '@tanstack/react-query';
import { diffWords } from 'diff';
import { useMemo } from 'react';
import { api } from '../../platform/api.ts';
import { placeName, useLibraries } from '../places.ts';
import { differenceOf, type FieldChange, type SetChange } from './difference.ts';

type Props = { before: AnswerContent; after: AnswerContent };

/** Two contents of an answer: only what differs, what went struck through, what came underlined. */
export function Difference({ before, after }: Props) {
  const names = useNames(before, after);
  const { fields, sets } = useMemo(() => differenceOf(before, after, names), [before, after, names]);
  if (fields.length + sets.length === 0) return <p className="muted">内容相同</p>;
  return (
    <dl className="answer-difference" aria-label="改动">
      {fields.map((change) => (
        <div key={change.label}>
          <dt>{change.label}</dt>
          <dd>
            <Text change={change} />
          </dd>
        </div>
      ))}
      {sets.map((change) => (
        <div key={change.label}>
          <dt>{change.label}</dt>
          <dd>
            <Items change={change} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

const words = new Intl.Segmenter('zh-CN', { granularity: 'word' });

function Text({ change: { before, after } }: { change: FieldChange }) {
  if (before === '') return <ins>{after}</ins>;
  if (after === '') return <del>{before}</del>;
  return diffWords(before, after, { intlSegmenter: words }).map(({ value, added, removed }, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no other name
    if (added) return <ins key={index}>{value}</ins>;
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no other name
    return removed ? <del key={index}>{value}</del> : value;
  });
}

function Items({ change: { added, removed } }: { change: SetChange }) {
  return (
    <ul>
      {removed.map((each) => (
        <li key={each}>
          <del>{each}</del>
        </li>
      ))}
      {added.map((each) => (
        <li key={each}>
          <ins>{each}</ins>
        </li>
      ))}
    </ul>
  );
}

const ids = (...named: (string | null)[]) => [...new Set(named.filter((id) => id !== null))];

/** Of what either side names, as far as the viewer may read it. */
function useNames(before: AnswerContent, after: AnswerContent) {
  const { libraries } = useLibraries();
  const once = { staleTime: 60_000, retry: false };
  const articles = useQueries({
    queries: ids(before.articleId, after.articleId).map((id) =>
      api.knowledge.get.queryOptions({ input: { id }, ...once }),
    ),
    combine: (found) => new Map(found.flatMap(({ data }) => (data ? [[data.id, data.title]] : []))),
  });
  const answers = useQueries({
    queries: ids(before.replacesId, after.replacesId).map((id) =>
      api.answers.get.queryOptions({ input: { id }, ...once }),
    ),
    combine: (found) => new Map(found.flatMap(({ data }) => (data ? [[data.id, data.question]] : []))),
  });
  return useMemo(
    () => ({
      place: (at: { libraryId: string; categoryId: string }) => placeName(libraries, at),
      article: (id: string) => articles.get(id) ?? '',
      answer: (id: string) => answers.get(id) ?? '',
    }),
    [libraries, articles, answers],
  );
}

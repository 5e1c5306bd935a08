import { articleValidity, type KnowledgeFound, knowledgeKind, knowledgeWriters } from '@rexian/contracts';
import { may, useViewer } from '../auth/viewer.ts';
import type { Filters } from './state.ts';
import type { Libraries } from './Tabs.tsx';
import type { Looking } from './useLookup.ts';

type Props = { libraries: Libraries; facets: KnowledgeFound['facets'] | undefined; looking: Looking };

interface Choice {
  value: string;
  label: string;
  count?: number | undefined;
}

/** What narrows the search, with how much each would leave. */
export function Facets({ libraries, facets, looking: { filters, step } }: Props) {
  // What doesn't hold today is found by those who write alone.
  const writes = may(useViewer(), ...knowledgeWriters);
  const choose = (part: Filters) => step({ type: 'filtered', filters: { ...filters, ...part } });
  const counted = <Of extends string>(rows: readonly ({ count: number } & Record<Of, string>)[] | undefined, by: Of) =>
    new Map(rows?.map((row) => [row[by] as string, row.count]));
  const kinds = counted(facets?.kinds, 'kind');
  const inLibraries = counted(facets?.libraries, 'id');
  const countOf = (counts: Map<string, number>, key: string) => facets && (counts.get(key) ?? 0);
  return (
    <nav className="panel lookup-facets" aria-label="筛选">
      <Facet
        title="类型"
        chosen={filters.kind}
        choices={knowledgeKind.values.map((value) => ({
          ...{ value, label: knowledgeKind.labels[value], count: countOf(kinds, value) },
        }))}
        onChoose={(kind) => choose({ kind: kind as Filters['kind'] })}
      />
      <Facet
        title="知识库"
        chosen={filters.libraryId}
        choices={libraries.map(({ id, name }) => ({ value: id, label: name, count: countOf(inLibraries, id) }))}
        onChoose={(libraryId) => choose({ libraryId, categoryId: undefined })}
      />
      <Facet
        title="目录"
        chosen={filters.categoryId}
        choices={(facets?.categories ?? []).map(({ id, path, count }) => ({ value: id, label: path, count }))}
        onChoose={(categoryId) => choose({ categoryId })}
      />
      <Facet
        title="适用地区"
        chosen={filters.region}
        choices={(facets?.regions ?? []).map(({ name, count }) => ({ value: name, label: name, count }))}
        onChoose={(region) => choose({ region })}
      />
      {writes && (
        <Facet
          title="有效期"
          chosen={filters.validity ?? 'valid'}
          choices={articleValidity.values.map((value) => ({ value, label: articleValidity.labels[value] }))}
          onChoose={(validity) => choose({ validity: validity as Filters['validity'] })}
        />
      )}
    </nav>
  );
}

type FacetProps = {
  title: string;
  chosen: string | undefined;
  choices: readonly Choice[];
  onChoose(value: string | undefined): void;
};

/** One of each; a second click lets it go. Nothing to choose from isn't shown. */
function Facet({ title, chosen, choices, onChoose }: FacetProps) {
  if (choices.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {choices.map(({ value, label, count }) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === chosen}
          data-empty={count === 0 || undefined}
          onClick={() => onChoose(value === chosen ? undefined : value)}
        >
          <span>{label}</span>
          {count !== undefined && <span className="num muted">{count}</span>}
        </button>
      ))}
    </section>
  );
}

import { type KnowledgeFound, knowledgeKind } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { api } from '../platform/api.ts';
import type { Filters } from './state.ts';
import type { Looking } from './useLookup.ts';

/** Libraries that are read, in their order: tabs of the panel, after 全部. */
export function useLibraries() {
  const { data = [] } = useQuery(api.knowledgeLibraries.list.queryOptions({ staleTime: 60_000 }));
  return data.filter(({ enabled }) => enabled);
}
export type Libraries = ReturnType<typeof useLibraries>;

type Props = { libraries: Libraries; facets: KnowledgeFound['facets'] | undefined; looking: Looking };

/** 全部 and each library, with how much of what was found lies there; and which kind. */
export function Tabs({ libraries, facets, looking: { filters, step } }: Props) {
  const choose = (part: Filters) => step({ type: 'filtered', filters: { ...filters, ...part } });
  const counts = new Map(facets?.libraries.map(({ id, count }) => [id, count]));
  const sum = facets?.libraries.reduce((total, { count }) => total + count, 0);
  const tabs = [{ id: undefined, name: '全部', count: sum }].concat(
    libraries.map(({ id, name }) => ({ id, name, count: facets && (counts.get(id) ?? 0) })) as never,
  );
  return (
    <div className="lookup-tabs">
      <div role="tablist" aria-label="知识库">
        {tabs.map(({ id, name, count }, index) => (
          <button
            key={id ?? ''}
            type="button"
            role="tab"
            aria-selected={filters.libraryId === id}
            data-empty={count === 0 || undefined}
            title={index < 9 ? `Alt+${index + 1}` : undefined}
            onClick={() => choose({ libraryId: id, categoryId: undefined })}
          >
            {name}
            {count !== undefined && <span className="num"> {count}</span>}
          </button>
        ))}
      </div>
      <Segmented<'all' | 'article' | 'answer'>
        size="small"
        aria-label="类型"
        options={[
          { value: 'all', label: '全部' },
          ...knowledgeKind.values.map((value) => ({ value, label: knowledgeKind.labels[value] })),
        ]}
        value={filters.kind ?? 'all'}
        onChange={(kind) => choose({ kind: kind === 'all' ? undefined : kind })}
      />
    </div>
  );
}

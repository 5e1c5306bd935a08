import { type ArticleFilter, type ArticleSummary, knowledgeWriters } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Badge, Tabs } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { may, useViewer } from '../../auth/viewer.ts';
import { AddButton } from '../../listing/AddButton.tsx';
import { ListTable } from '../../listing/ListTable.tsx';
import { openable } from '../../listing/openable.ts';
import { paged, paging, usePages } from '../../listing/usePages.ts';
import { api } from '../../platform/api.ts';
import { useTitle } from '../../platform/useTitle.ts';
import { withoutEmpty } from '../../platform/withoutEmpty.ts';
import { useGoing } from '../useGoing.ts';
import { columns } from './columns.tsx';
import { askedOf, type Listed, readListed, statesOf, type Tab, tabs, writeListed } from './filters.ts';
import { LibraryTree } from './LibraryTree.tsx';
import { NewArticleForm } from './NewArticleForm.tsx';
import { Tools } from './Tools.tsx';

/** 知识管理: the libraries at the left, their articles at the right. */
export function ArticleList() {
  const viewer = useViewer();
  useTitle(may(viewer, ...knowledgeWriters) ? '知识管理' : '知识库');
  const going = useGoing();
  const [query, setQuery] = useSearchParams();
  const { tab, filter } = useMemo(() => readListed(query), [query]);
  const [adding, setAdding] = useState(false);
  const list = useArticles({ tab, filter });
  const show = (next: Partial<Listed>) => setQuery(writeListed({ tab, filter, ...next }));
  const place = ({ libraryId: _library, categoryId: _category, ...others }: ArticleFilter) => others;
  const open = ({ id }: ArticleSummary) => going.toArticle(id);
  const isNarrowed = Object.keys(withoutEmpty(filter)).length > 0;
  return (
    <section className="knowledge-list">
      <LibraryTree place={filter} onChoose={(chosen) => show({ filter: { ...place(filter), ...chosen } })} />
      <div className="list-page">
        <Heads tab={tab} onTab={(next) => show({ tab: next, filter: withoutStates(filter) })}>
          {may(viewer, 'knowledge.edit') && <AddButton onClick={() => setAdding(true)}>新建知识</AddButton>}
        </Heads>
        <Tools filter={filter} withStates={tab === 'all'} onFilter={(next) => show({ filter: next })} />
        <ListTable
          className="clickable"
          list={list}
          columns={columns}
          scroll={{ x: 940 }}
          onRow={(row) => openable(() => open(row))}
          empty={isNarrowed ? '没有符合条件的知识' : tab === 'all' ? '还没有知识' : `没有${tabs[tab]}的知识`}
        />
      </div>
      {adding && <NewArticleForm categoryId={filter.categoryId ?? null} onClose={() => setAdding(false)} />}
    </section>
  );
}

const withoutStates = ({ states: _states, ...filter }: ArticleFilter): ArticleFilter => filter;

const useArticles = (listed: Listed) =>
  usePages(api.knowledge.list.infiniteOptions({ input: paged({ ...askedOf(listed), limit: 50 }), ...paging }));

type HeadsProps = { tab: Tab; onTab(tab: Tab): void; children: ReactNode };

function Heads({ tab, onTab, children }: HeadsProps) {
  const isWriting = may(useViewer(), 'knowledge.edit', 'knowledge.review');
  const { data } = useQuery(
    api.knowledge.counts.queryOptions({
      enabled: isWriting,
      placeholderData: (before) => before,
      refetchInterval: 60_000,
    }),
  );
  const countOf = (key: Tab): number =>
    key === 'toReview'
      ? (data?.toReview ?? 0)
      : (statesOf[key] ?? []).reduce((sum, state) => sum + (data?.states[state] ?? 0), 0);
  const items = (Object.keys(tabs) as Tab[]).map((key) => ({
    key,
    label: (
      <span>
        {tabs[key]}{' '}
        {key === 'toReview' ? (
          <Badge count={countOf(key)} overflowCount={999} color="var(--accent)" />
        ) : (
          countOf(key) > 0 && <span className="muted num">{countOf(key)}</span>
        )}
      </span>
    ),
  }));
  return (
    <header className="knowledge-heads">
      <Tabs items={isWriting ? items : items.slice(0, 1)} activeKey={tab} onChange={(key) => onTab(key as Tab)} />
      {children}
    </header>
  );
}

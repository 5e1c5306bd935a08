import type { ThesaurusTerm } from '@rexian/contracts';
import { Tag as Chip, type TableColumnType } from 'antd';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useAction } from '../../forms/useChange.ts';
import { useSettled } from '../../forms/useSettled.ts';
import { AddButton } from '../../listing/AddButton.tsx';
import { ListTable } from '../../listing/ListTable.tsx';
import { actionColumn, ChangeOrRemove } from '../../listing/RowActions.tsx';
import { SearchInput } from '../../listing/SearchInput.tsx';
import { paged, paging, usePages } from '../../listing/usePages.ts';
import { ActiveTag } from '../../platform/ActiveTag.tsx';
import { api, client } from '../../platform/api.ts';
import { dateMinute } from '../../platform/format.ts';
import { useTitle } from '../../platform/useTitle.ts';
import { withoutEmpty } from '../../platform/withoutEmpty.ts';
import { UnitFilter } from '../../units/UnitFilter.tsx';
import { useOwners } from '../places.ts';
import { TermForm } from './TermForm.tsx';
import './thesaurus.css';

/** 专题词库: words that are searched as if they were one. */
export default function ThesaurusPage() {
  useTitle('专题词库');
  const owners = useOwners();
  const [query, setQuery] = useSearchParams();
  const [text, setText] = useState(query.get('q') ?? '');
  const search = useSettled(text.trim());
  const unitId = owners.find(({ id }) => id === query.get('unit'))?.id;
  const filter = useMemo(() => withoutEmpty({ search, unitId }), [search, unitId]);
  const list = usePages(api.thesaurus.list.infiniteOptions({ input: paged({ ...filter, limit: 50 }), ...paging }));
  const [open, setOpen] = useState<ThesaurusTerm | 'new' | null>(null);
  const narrow = (next: { q?: string; unit?: string | undefined }) => {
    const kept = withoutEmpty({ q: text, unit: unitId, ...next });
    setQuery(kept as Record<string, string>, { replace: true });
  };
  const actions = (term: ThesaurusTerm) => term.can.change && <Actions term={term} onChange={() => setOpen(term)} />;
  return (
    <div className="list-page">
      <section className="list-tools" aria-label="查询条件">
        <SearchInput
          label="搜索词条"
          placeholder="术语或同义词"
          value={text}
          onChange={(typed) => {
            setText(typed);
            narrow({ q: typed });
          }}
        />
        <UnitFilter units={owners} width={180} value={unitId} onChange={(chosen) => narrow({ unit: chosen })} />
        <span className="muted">检索时同义词与术语同等对待；上级的词条对下级通用。</span>
        <span className="list-end">
          <AddButton onClick={() => setOpen('new')}>新增词条</AddButton>
        </span>
      </section>
      <ListTable
        list={list}
        columns={[...columns, actionColumn(110, actions)]}
        scroll={{ x: 960 }}
        rowClassName={({ enabled }) => (enabled ? '' : 'off')}
        empty={search || unitId ? '没有符合的词条' : '专题词库里还没有词条'}
      />
      {open && <TermForm term={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </div>
  );
}

const columns: TableColumnType<ThesaurusTerm>[] = [
  { title: '术语', dataIndex: 'term', width: 200, className: 'wrapping' },
  {
    title: '同义词',
    key: 'synonyms',
    className: 'wrapping',
    render: (_, { synonyms }) => (
      <span className="term-words">
        {synonyms.map((each) => (
          <Chip key={each}>{each}</Chip>
        ))}
      </span>
    ),
  },
  { title: '机构', key: 'unit', width: 150, ellipsis: true, render: (_, { unit }) => unit.name },
  { title: '状态', key: 'enabled', width: 90, render: (_, { enabled }) => <ActiveTag active={enabled} /> },
  { title: '更新时间', dataIndex: 'changedAt', width: 110, render: (at: Date) => dateMinute(at) },
];

function Actions({ term: { id, term }, onChange }: { term: ThesaurusTerm; onChange(): void }) {
  const remove = useAction({ run: client.thesaurus.remove, touches: [api.thesaurus.key()], done: '已删除' });
  const removal = {
    ...{ title: `删除词条“${term}”？`, content: '检索时不再识别其同义词。', okText: '删除' },
    run: () => remove.act({ id }),
  };
  return <ChangeOrRemove onChange={onChange} removal={removal} />;
}

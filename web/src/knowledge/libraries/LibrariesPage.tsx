import type { KnowledgeLibrary } from '@rexian/contracts';
import { Button, Spin } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { AddButton } from '../../listing/AddButton.tsx';
import { Failed } from '../../platform/Failed.tsx';
import { useTitle } from '../../platform/useTitle.ts';
import { CategoryTable } from './CategoryTable.tsx';
import { ChangeLibraryForm, NewLibraryForm } from './LibraryForm.tsx';
import { useLibraries } from './useLibraries.ts';
import { useOrderLibrary } from './useLibraryChanges.ts';
import './libraries.css';

/** 知识库设置: libraries at the left, the chosen one's categories at the right. */
export default function LibrariesPage() {
  useTitle('知识库设置');
  const { data = [], error, isPending, refetch } = useLibraries();
  const [query, setQuery] = useSearchParams();
  const [form, setForm] = useState<'new' | 'change' | null>(null);
  const chosen = data.find(({ id }) => id === query.get('library')) ?? data[0];
  const close = () => setForm(null);
  return (
    <section className="libraries-page">
      <nav className="panel" aria-label="知识库">
        <header>
          <h2>知识库</h2>
          <AddButton onClick={() => setForm('new')}>新增知识库</AddButton>
        </header>
        {error ? <Failed error={error} retry={refetch} /> : null}
        {isPending && <Spin />}
        {!isPending && data.length === 0 && <p className="muted">还没有知识库</p>}
        <ul>
          {data.map((library) => (
            <Entry
              key={library.id}
              library={library}
              libraries={data}
              isChosen={library.id === chosen?.id}
              onChoose={() => setQuery({ library: library.id }, { replace: true })}
            />
          ))}
        </ul>
      </nav>
      {chosen && <CategoryTable key={chosen.id} library={chosen} onChange={() => setForm('change')} />}
      {form === 'new' && <NewLibraryForm onClose={close} />}
      {form === 'change' && chosen && <ChangeLibraryForm library={chosen} onClose={close} />}
    </section>
  );
}

type EntryProps = {
  library: KnowledgeLibrary;
  libraries: readonly KnowledgeLibrary[];
  isChosen: boolean;
  onChoose(): void;
};

function Entry({ library, libraries, isChosen, onChoose }: EntryProps) {
  const { id, name, unit, enabled, reviewSteps, can } = library;
  const order = useOrderLibrary();
  const own = libraries.filter((each) => each.unit.id === unit.id);
  const at = own.findIndex((each) => each.id === id);
  const go = (before: KnowledgeLibrary | undefined) => void order.act({ id, before: before?.id ?? null });
  const link = { type: 'text', size: 'small' } as const;
  return (
    <li data-chosen={isChosen || undefined}>
      <button type="button" aria-current={isChosen} onClick={onChoose}>
        <b>{name}</b>
        <small className="muted">
          {[unit.name, reviewSteps === 2 ? '两级审核' : '一级审核', ...(enabled ? [] : ['已停用'])].join(' · ')}
        </small>
      </button>
      {can.change && isChosen && own.length > 1 && (
        <span>
          <Button
            {...link}
            disabled={order.busy || at <= 0}
            aria-label={`上移知识库${name}`}
            onClick={() => go(own[at - 1])}
          >
            上移
          </Button>
          <Button
            {...link}
            disabled={order.busy || at >= own.length - 1}
            aria-label={`下移知识库${name}`}
            onClick={() => go(own[at + 2])}
          >
            下移
          </Button>
        </span>
      )}
    </li>
  );
}

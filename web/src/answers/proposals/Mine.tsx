import { type Proposal, proposalState } from '@rexian/contracts';
import { Segmented } from 'antd';
import { useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { AddButton } from '../../listing/AddButton.tsx';
import { ListTable } from '../../listing/ListTable.tsx';
import { openable } from '../../listing/openable.ts';
import { paged, paging, usePages } from '../../listing/usePages.ts';
import { api } from '../../platform/api.ts';
import { withoutEmpty } from '../../platform/withoutEmpty.ts';
import { worded } from '../../platform/worded.ts';
import { readProposalState } from '../list/filters.ts';
import { newAnswerPath } from '../paths.ts';
import { decided } from './columns.tsx';
import { OpenProposal } from './OpenProposal.tsx';

const states = [{ value: '', label: '全部' }, ...worded(proposalState)];

/** 我的提交: what the viewer has proposed, and what became of it. */
export function Mine() {
  const navigate = useNavigate();
  const [query, setQuery] = useSearchParams();
  const state = readProposalState(query);
  const filter = useMemo(() => ({ mine: true, ...withoutEmpty({ state }), limit: 50 }), [state]);
  const list = usePages(api.answers.proposals.infiniteOptions({ input: paged(filter), ...paging }));
  const show = (next: { state?: string | undefined; proposal?: string }) =>
    setQuery({ tab: 'mine', ...(withoutEmpty(next) as Record<string, string>) });
  return (
    <>
      <section className="list-tools" aria-label="查询条件">
        <Segmented
          aria-label="状态"
          options={states}
          value={state ?? ''}
          onChange={(chosen) => show({ state: chosen })}
        />
        <span className="list-end">
          <AddButton onClick={() => void navigate(newAnswerPath())}>新增问答</AddButton>
        </span>
      </section>
      <ListTable<Proposal>
        className="clickable"
        list={list}
        columns={decided}
        scroll={{ x: 1040 }}
        onRow={({ id }) => openable(() => show({ state, proposal: id }))}
        empty="没有提交记录"
      />
      <OpenProposal list={list} id={query.get('proposal')} onClose={() => show({ state })} />
    </>
  );
}

import { type Proposal, proposalState } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Segmented, type TableColumnType } from 'antd';
import { useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { may, useViewer } from '../../auth/viewer.ts';
import { AddButton } from '../../listing/AddButton.tsx';
import { ListTable } from '../../listing/ListTable.tsx';
import { openable } from '../../listing/openable.ts';
import { paged, paging, usePages } from '../../listing/usePages.ts';
import { api } from '../../platform/api.ts';
import { dateMinute } from '../../platform/format.ts';
import { Tag } from '../../platform/Tag.tsx';
import { worded } from '../../platform/worded.ts';
import { readProposalState } from '../list/filters.ts';
import { newAnswerPath } from '../paths.ts';
import { proposalTone } from '../words.ts';
import { ProposalDrawer } from './ProposalDrawer.tsx';

const states = [{ value: '', label: '全部' }, ...worded(proposalState)];

/** 待我审核, or 我的提交; which of them is open stands in the address. */
export function Proposals({ tab }: { tab: 'review' | 'mine' }) {
  const navigate = useNavigate();
  const [query, setQuery] = useSearchParams();
  const state = tab === 'mine' ? readProposalState(query) : undefined;
  const opened = query.get('proposal');
  const filter = useMemo(
    () => ({ ...(tab === 'review' ? { toDecide: true } : { mine: true }), ...(state && { state }), limit: 50 }),
    [tab, state],
  );
  const list = usePages(api.answers.proposals.infiniteOptions({ input: paged(filter), ...paging }));
  const edits = may(useViewer(), 'knowledge.edit');
  const show = (next: { state?: string; proposal?: string }) => {
    const kept = Object.entries({ tab, ...next }).filter(([, value]) => value);
    setQuery(Object.fromEntries(kept));
  };
  const open = (id?: string) => show({ ...(state && { state }), ...(id && { proposal: id }) });
  const recent = useRecent(opened !== null);
  const proposal = [...list.rows, ...(recent.data?.rows ?? [])].find(({ id }) => id === opened);
  return (
    <>
      <section className="list-tools" aria-label="查询条件">
        {tab === 'mine' ? (
          <Segmented
            aria-label="状态"
            options={states}
            value={state ?? ''}
            onChange={(chosen) => show({ state: chosen })}
          />
        ) : (
          <span className="muted">采纳后立即启用；退回时写明原因，提交人修改后可再次提交。</span>
        )}
        {edits && tab === 'mine' && (
          <span className="list-end">
            <AddButton onClick={() => void navigate(newAnswerPath())}>新增问答</AddButton>
          </span>
        )}
      </section>
      <ListTable<Proposal>
        className="clickable"
        list={list}
        columns={tab === 'review' ? waiting : decided}
        scroll={{ x: 1040 }}
        onRow={({ id }) => openable(() => open(id))}
        empty={tab === 'review' ? '没有待审核的问答' : '没有提交记录'}
      />
      {proposal && <ProposalDrawer key={proposal.id} proposal={proposal} onClose={() => open()} />}
      {opened && !proposal && recent.isSuccess && (
        <p className="answer-gone muted" role="status">
          没有找到该提交
        </p>
      )}
    </>
  );
}

/** What a notice leads to may have been decided, or be somebody else's by now. */
const useRecent = (enabled: boolean) =>
  useQuery({ ...api.answers.proposals.queryOptions({ input: { limit: 200 } }), enabled });

const question: TableColumnType<Proposal> = {
  title: '标准问题',
  key: 'question',
  ellipsis: true,
  render: (_, { content, note }) => (
    <span className="answer-cell">
      <b>{content.question}</b>
      {note && <span className="muted">说明：{note}</span>}
    </span>
  ),
};
const kind: TableColumnType<Proposal> = {
  title: '类型',
  key: 'kind',
  width: 66,
  render: (_, { answer }) => (answer ? '修改' : '新增'),
};
const place: TableColumnType<Proposal> = { title: '知识库 / 目录', dataIndex: 'place', width: 180, ellipsis: true };
const target: TableColumnType<Proposal> = {
  title: '归属',
  key: 'unit',
  width: 130,
  ellipsis: true,
  render: (_, { unit }) => unit.name,
};
const at: TableColumnType<Proposal> = {
  title: '提交时间',
  dataIndex: 'at',
  width: 110,
  render: (value: Date) => dateMinute(value),
};
const waiting: TableColumnType<Proposal>[] = [
  question,
  kind,
  place,
  { title: '提交方', key: 'from', width: 190, ellipsis: true, render: (_, { from, by }) => `${from.name} ${by}` },
  target,
  at,
];
const decided: TableColumnType<Proposal>[] = [
  question,
  kind,
  place,
  target,
  at,
  {
    title: '状态',
    key: 'state',
    width: 90,
    render: (_, { state }) => <Tag tone={proposalTone[state]}>{proposalState.labels[state]}</Tag>,
  },
  {
    title: '审核',
    key: 'decided',
    width: 230,
    className: 'wrapping',
    render: (_, { decidedBy, decidedAt, reason }) =>
      decidedAt && (
        <>
          {decidedBy} <span className="muted">{dateMinute(decidedAt)}</span>
          {reason && <div className="answer-reason">{reason}</div>}
        </>
      ),
  },
];

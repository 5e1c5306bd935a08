import { type Proposal, proposalState } from '@rexian/contracts';
import type { TableColumnType } from 'antd';
import { dateMinute } from '../../platform/format.ts';
import { Tag } from '../../platform/Tag.tsx';
import { proposalTone } from '../words.ts';

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
  render: (_, { answer, importId }) => (answer ? '修改' : importId ? '导入' : '新增'),
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
/** What waits for the viewer's word. */
export const waiting: TableColumnType<Proposal>[] = [
  question,
  kind,
  place,
  { title: '提交方', key: 'from', width: 190, ellipsis: true, render: (_, { from, by }) => `${from.name} ${by}` },
  target,
  at,
];
/** What the viewer has proposed. */
export const decided: TableColumnType<Proposal>[] = [
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

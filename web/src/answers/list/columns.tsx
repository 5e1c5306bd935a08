import { type AnswerSummary, answerState } from '@rexian/contracts';
import type { TableColumnType } from 'antd';
import { dateMinute } from '../../platform/format.ts';
import { Tag } from '../../platform/Tag.tsx';
import { answerTone, validityWords } from '../words.ts';

export const answerColumns: TableColumnType<AnswerSummary>[] = [
  { title: '标准问题', key: 'question', ellipsis: true, render: (_, row) => <Question row={row} /> },
  {
    title: '知识库 / 目录',
    key: 'place',
    width: 190,
    ellipsis: true,
    render: (_, { library, category }) => (
      <span title={`${library.name} · ${category.path}`}>
        {library.name}
        <br />
        <span className="muted">{category.path}</span>
      </span>
    ),
  },
  { title: '机构', key: 'unit', width: 120, ellipsis: true, render: (_, { unit }) => unit.name },
  { title: '形式', key: 'turns', width: 64, render: (_, { multiTurn }) => (multiTurn ? '多轮' : '单轮') },
  { title: '问法', dataIndex: 'phrasings', width: 60, align: 'right' },
  { title: '有效期', key: 'valid', width: 130, className: 'wrapping', render: (_, row) => validityWords(row) },
  {
    title: '状态',
    key: 'state',
    width: 76,
    render: (_, { state }) => <Tag tone={answerTone[state]}>{answerState.labels[state]}</Tag>,
  },
  { title: '更新时间', dataIndex: 'changedAt', width: 110, render: (at: Date) => dateMinute(at) },
];

function Question({ row: { question, says, replaces, multiTurn } }: { row: AnswerSummary }) {
  return (
    <span className="answer-cell">
      <b>
        {question}
        {replaces && (
          <span className="answer-local" title={`替代：${replaces.title}`}>
            本地
          </span>
        )}
      </b>
      <span className="muted">
        {multiTurn && '反问：'}
        {says}
      </span>
    </span>
  );
}

import { type Feedback, type FeedbackState, feedbackKind, feedbackState } from '@rexian/contracts';
import { Button, Segmented, type TableColumnType } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { ListTable } from '../../listing/ListTable.tsx';
import { actionColumn } from '../../listing/RowActions.tsx';
import { paged, paging, usePages } from '../../listing/usePages.ts';
import { api } from '../../platform/api.ts';
import { dateMinute } from '../../platform/format.ts';
import { Tag } from '../../platform/Tag.tsx';
import { useTitle } from '../../platform/useTitle.ts';
import { worded } from '../../platform/worded.ts';
import { articlePath } from '../paths.ts';
import { feedbackKindTone, feedbackTone } from '../words.ts';
import { AnswerForm } from './AnswerForm.tsx';
import './feedback.css';

type Shown = FeedbackState | 'all';
const choices: { value: Shown; label: string }[] = [...worded(feedbackState), { value: 'all', label: '全部' }];

/** 知识反馈: what agents found wrong, those that wait for an answer first. */
export default function FeedbackPage() {
  useTitle('知识反馈');
  const [query, setQuery] = useSearchParams();
  const shown = choices.find(({ value }) => value === query.get('state'))?.value ?? 'open';
  const [answering, setAnswering] = useState<Feedback | null>(null);
  const list = usePages(
    api.knowledgeFeedback.list.infiniteOptions({
      input: paged({ limit: 50, ...(shown === 'all' ? {} : { state: shown }) }),
      ...paging,
    }),
  );
  return (
    <div className="list-page">
      <section className="list-tools" aria-label="查询条件">
        <Segmented<Shown>
          aria-label="状态"
          options={choices}
          value={shown}
          onChange={(state) => setQuery(state === 'open' ? {} : { state })}
        />
        <span className="muted">答复后通知反馈人；需要修改的，打开知识进行修订。</span>
      </section>
      <ListTable
        list={list}
        columns={[
          ...columns,
          actionColumn<Feedback>(130, (row) => <Actions row={row} onAnswer={() => setAnswering(row)} />),
        ]}
        scroll={{ x: 1100 }}
        empty={shown === 'open' ? '没有待处理的反馈' : '没有反馈'}
      />
      {answering && <AnswerForm feedback={answering} onClose={() => setAnswering(null)} />}
    </div>
  );
}

const columns: TableColumnType<Feedback>[] = [
  { title: '时间', dataIndex: 'at', width: 104, render: (at: Date) => dateMinute(at) },
  {
    title: '知识',
    key: 'article',
    width: 260,
    ellipsis: true,
    render: (_, { article: { id, title } }) => <Link to={articlePath(id)}>{title}</Link>,
  },
  {
    title: '问题',
    key: 'kind',
    width: 76,
    render: (_, { kind }) => <Tag tone={feedbackKindTone[kind]}>{feedbackKind.labels[kind]}</Tag>,
  },
  { title: '说明', key: 'text', className: 'wrapping', render: (_, row) => <Words row={row} /> },
  { title: '版本', key: 'version', width: 56, render: (_, { version }) => `v${version}` },
  { title: '反馈人', dataIndex: 'by', width: 80, ellipsis: true },
  {
    title: '状态',
    key: 'state',
    width: 86,
    render: (_, { state }) => <Tag tone={feedbackTone[state]}>{feedbackState.labels[state]}</Tag>,
  },
];

function Words({ row: { text, answer, answeredBy } }: { row: Feedback }) {
  return (
    <>
      {text}
      {answer !== null && (
        <div className="feedback-answer">
          {answer} <span className="muted">{answeredBy}</span>
        </div>
      )}
    </>
  );
}

function Actions({ row, onAnswer }: { row: Feedback; onAnswer(): void }) {
  return (
    <>
      {row.can.answer && (
        <Button type="link" size="small" onClick={onAnswer}>
          答复
        </Button>
      )}
      <Link to={articlePath(row.article.id)}>
        <Button type="link" size="small" tabIndex={-1}>
          打开知识
        </Button>
      </Link>
    </>
  );
}

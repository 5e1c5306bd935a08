import type { AnswerImportCheck, AnswerImportRow } from '@rexian/contracts';
import { Alert, Segmented, Table, type TableColumnType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Tone } from '../../platform/status.ts';
import { Tag } from '../../platform/Tag.tsx';
import { answerPath } from '../paths.ts';

type State = AnswerImportRow['state'];
const labels: Record<State, string> = { new: '新问答', alike: '有相近', same: '已存在', wrong: '有错误' };
const tones: Record<State, Tone> = { new: 'ready', alike: 'waiting', same: 'quiet', wrong: 'fault' };

type Props = {
  checked: AnswerImportCheck;
  chosen: number[];
  onChoose(rows: number[]): void;
  disabled: boolean;
};

/** What is in the file, row by row: what is wrong with it, and what is there already. */
export function Preview({ checked: { rows, errors }, chosen, onChoose, disabled }: Props) {
  const [shown, setShown] = useState<State | ''>('');
  if (errors.length > 0)
    return (
      <Alert
        type="error"
        showIcon
        title="文件不符合模板"
        description={errors.map(({ column, message }) => (
          <div key={`${column} ${message}`}>
            {column && `${column}：`}
            {message}
          </div>
        ))}
      />
    );
  if (rows.length === 0) return <Alert type="warning" showIcon title="文件里没有数据行" />;
  const count = (state: State) => rows.filter((row) => row.state === state).length;
  const states = (['new', 'alike', 'same', 'wrong'] as const).filter((state) => count(state) > 0);
  return (
    <>
      <Segmented<State | ''>
        aria-label="显示"
        options={[
          { value: '', label: `全部 ${rows.length}` },
          ...states.map((state) => ({ value: state, label: `${labels[state]} ${count(state)}` })),
        ]}
        value={shown}
        onChange={setShown}
      />
      <Table<AnswerImportRow>
        size="small"
        rowKey="row"
        columns={columns}
        dataSource={rows.filter(({ state }) => shown === '' || state === shown)}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
        scroll={{ y: 360 }}
        rowSelection={{
          selectedRowKeys: chosen,
          preserveSelectedRowKeys: true,
          onChange: (keys) => onChoose(keys.map(Number)),
          getCheckboxProps: ({ state, row }) => ({
            disabled: disabled || state === 'wrong',
            'aria-label': `第 ${row} 行`,
          }),
        }}
      />
    </>
  );
}

const columns: TableColumnType<AnswerImportRow>[] = [
  { title: '行', dataIndex: 'row', width: 50, align: 'right' },
  {
    title: '检查',
    key: 'state',
    width: 90,
    render: (_, { state }) => <Tag tone={tones[state]}>{labels[state]}</Tag>,
  },
  {
    title: '标准问题与答案',
    key: 'question',
    className: 'wrapping',
    render: (_, { question, answer, phrasings }) => (
      <>
        <b>{question || '（空）'}</b> <span className="muted">问法 {phrasings} 个</span>
        <div className="muted answer-import-text">{answer}</div>
      </>
    ),
  },
  {
    title: '知识库 / 目录',
    key: 'place',
    width: 160,
    className: 'wrapping',
    render: (_, { library, category }) => [library, category].filter(Boolean).join(' · '),
  },
  { title: '问题与重复', key: 'told', width: 330, className: 'wrapping', render: (_, row) => <Told row={row} /> },
];

function Told({ row: { errors, alike } }: { row: AnswerImportRow }) {
  return (
    <ul className="answer-import-told">
      {errors.map(({ column, message }) => (
        <li key={`${column} ${message}`} data-wrong>
          {column && `${column}：`}
          {message}
        </li>
      ))}
      {alike.map(({ phrasing, theirs, likeness, answer, row }) => (
        <li key={`${phrasing} ${answer?.id ?? row}`}>
          {likeness === 1 ? '相同' : `相近 ${Math.round(likeness * 100)}%`}：“{theirs}”，
          {answer ? (
            <Link to={answerPath(answer.id)} target="_blank" rel="noreferrer">
              {answer.title}
            </Link>
          ) : (
            `文件第 ${row} 行`
          )}
        </li>
      ))}
    </ul>
  );
}

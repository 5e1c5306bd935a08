import { AudioOutlined } from '@ant-design/icons';
import { type ContactSummary, contactOrigin, contactState, endedBy, endReason, wrapUpResult } from '@rexian/contracts';
import type { TableColumnType } from 'antd';
import { dateTime, durationOrDash } from '../platform/format.ts';
import { contactTone, endTone } from '../platform/status.ts';
import { Tag } from '../platform/Tag.tsx';
import { CallerNumber } from './CallerNumber.tsx';
import { Satisfaction } from './Satisfaction.tsx';

type Column = TableColumnType<ContactSummary>;
export type ColumnName = keyof typeof columns;

const span = (
  title: string,
  field: 'flowMs' | 'waitingMs' | 'ringingMs' | 'talkingMs' | 'holdMs' | 'wrapUpMs',
): Column => ({
  title,
  key: field,
  width: 84,
  align: 'right',
  render: (_, row) => durationOrDash(row[field]),
});

/** A call in progress shows its state, an ended one how it ended. */
export function Outcome({ row }: { row: ContactSummary }) {
  if (row.endReason === null) return <Tag tone={contactTone[row.state]}>{contactState.labels[row.state]}</Tag>;
  return <Tag tone={endTone[row.endReason]}>{endReason.labels[row.endReason]}</Tag>;
}

const columns = {
  arrivedAt: { title: '呼入时间', key: 'arrivedAt', width: 130, render: (_, row) => dateTime(row.arrivedAt) },
  callerNumber: {
    title: '主叫号码',
    key: 'callerNumber',
    width: 176,
    render: (_, row) => <CallerNumber contactId={row.id} number={row.callerNumber} />,
  },
  calledNumber: { title: '被叫号码', key: 'calledNumber', width: 116, render: (_, row) => row.calledNumber },
  origin: {
    title: '来源',
    key: 'origin',
    width: 96,
    render: (_, row) => (row.test ? '试拨' : contactOrigin.labels[row.origin]),
  },
  unit: { title: '机构', key: 'unit', width: 110, ellipsis: true, render: (_, row) => row.unit.name },
  queue: { title: '技能组', key: 'queue', width: 110, ellipsis: true, render: (_, row) => row.queue?.name ?? '—' },
  agent: {
    title: '坐席',
    key: 'agent',
    width: 112,
    ellipsis: true,
    render: (_, row) => (row.agent ? [row.agent.name, row.agent.agentNumber].filter(Boolean).join(' ') : '—'),
  },
  flowMs: span('导航', 'flowMs'),
  waitingMs: span('排队', 'waitingMs'),
  ringingMs: span('振铃', 'ringingMs'),
  talkingMs: span('通话', 'talkingMs'),
  holdMs: span('保持', 'holdMs'),
  wrapUpMs: span('小结', 'wrapUpMs'),
  endReason: { title: '结束情况', key: 'endReason', width: 124, render: (_, row) => <Outcome row={row} /> },
  endedBy: {
    title: '挂机方',
    key: 'endedBy',
    width: 76,
    render: (_, row) => (row.endedBy ? endedBy.labels[row.endedBy] : '—'),
  },
  result: {
    title: '处理结果',
    key: 'result',
    width: 96,
    render: (_, row) => (row.result ? wrapUpResult.labels[row.result] : '—'),
  },
  categoryName: {
    title: '业务类别',
    key: 'categoryName',
    width: 120,
    ellipsis: true,
    render: (_, row) => row.categoryName ?? '—',
  },
  satisfaction: {
    title: '满意度',
    key: 'satisfaction',
    width: 92,
    render: (_, row) => <Satisfaction contact={row} />,
  },
  recorded: {
    title: '录音',
    key: 'recorded',
    width: 56,
    align: 'center',
    render: (_, row) => (row.recorded ? <AudioOutlined aria-label="有录音" className="recorded" /> : null),
  },
} satisfies Record<string, Column>;

/** The chosen columns, in the given order; the same words and widths on every screen. */
export function contactColumns(...names: ColumnName[]): Column[] {
  return names.map((name) => columns[name]);
}

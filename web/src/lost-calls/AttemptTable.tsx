import { contactState, endReason, type LostCallAttempt } from '@rexian/contracts';
import { Table, type TableColumnType } from 'antd';
import { Link } from 'react-router';
import { dateTime, durationOrDash } from '../platform/format.ts';
import { personName } from '../platform/personName.ts';
import { contactTone, endTone } from '../platform/status.ts';
import { Tag } from '../platform/Tag.tsx';

function Outcome({ attempt }: { attempt: LostCallAttempt }) {
  if (attempt.endReason === null)
    return <Tag tone={contactTone[attempt.state]}>{contactState.labels[attempt.state]}</Tag>;
  return <Tag tone={endTone[attempt.endReason]}>{endReason.labels[attempt.endReason]}</Tag>;
}

const columns: TableColumnType<LostCallAttempt>[] = [
  {
    title: '回拨时间',
    key: 'at',
    width: 140,
    render: (_, { contactId, at }) => <Link to={`/contacts/${contactId}?all=1`}>{dateTime(at)}</Link>,
  },
  { title: '坐席', key: 'agent', ellipsis: true, render: (_, { agent }) => (agent ? personName(agent) : '—') },
  { title: '结果', key: 'outcome', width: 130, render: (_, attempt) => <Outcome attempt={attempt} /> },
  { title: '通话', dataIndex: 'talkingMs', width: 84, align: 'right', render: durationOrDash },
];

/** Calls back to somebody, newest first. */
export function AttemptTable({ attempts }: { attempts: LostCallAttempt[] }) {
  return (
    <Table<LostCallAttempt>
      size="small"
      rowKey="contactId"
      pagination={false}
      columns={columns}
      dataSource={attempts}
      locale={{ emptyText: '还没有回拨' }}
    />
  );
}

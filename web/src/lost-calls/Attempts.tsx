import { endReason, type LostCall } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Spin } from 'antd';
import { Link } from 'react-router';
import { api } from '../platform/api.ts';
import { Failed } from '../platform/Failed.tsx';
import { fullDateTime, readableNumber } from '../platform/format.ts';
import { PageDrawer } from '../platform/PageDrawer.tsx';
import { personName } from '../platform/personName.ts';
import { AttemptTable } from './AttemptTable.tsx';

/** How a caller was lost, and every call back to them; null closes it. */
export function Attempts({ call, onClose }: { call: LostCall | null; onClose(): void }) {
  return (
    <PageDrawer
      title={call ? `${readableNumber(call.callerNumber)} 的呼损与回拨` : ''}
      size={560}
      open={call !== null}
      onClose={onClose}
      mask={false}
    >
      {call && <Detail call={call} />}
    </PageDrawer>
  );
}

function Detail({ call }: { call: LostCall }) {
  const { data, error, isPending, refetch } = useQuery(api.lostCalls.attempts.queryOptions({ input: { id: call.id } }));
  return (
    <div className="lost-detail">
      <dl>
        <dt>首次呼损</dt>
        <dd>{fullDateTime(call.firstAt)}</dd>
        <dt>最近呼损</dt>
        <dd>
          {fullDateTime(call.lastAt)}
          {`，${endReason.labels[call.endReason]}`}
          {call.contactId && <Link to={`/contacts/${call.contactId}?all=1`}>查看通话</Link>}
        </dd>
        {call.assignedTo && call.assignedAt && (
          <>
            <dt>分派</dt>
            <dd>
              {fullDateTime(call.assignedAt)} 分派给 {personName(call.assignedTo)}
            </dd>
          </>
        )}
        {call.closedAt && (
          <>
            <dt>完成</dt>
            <dd>
              {fullDateTime(call.closedAt)}
              {call.closedBy && ` ${personName(call.closedBy)}`}
              {call.remark && `：${call.remark}`}
            </dd>
          </>
        )}
      </dl>
      <h3>回拨记录</h3>
      {error && <Failed error={error} retry={refetch} />}
      {isPending ? <Spin className="page-spin" /> : <AttemptTable attempts={data ?? []} />}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useViewer } from '../../auth/viewer.ts';
import { Outcome } from '../../contacts/columns.tsx';
import { api } from '../../platform/api.ts';
import { dateTime, readableNumber } from '../../platform/format.ts';
import { useDesk } from '../DeskProvider.tsx';
import { DialIcon } from '../DialIcon.tsx';

/** Whom I called since I signed in, newest first. The server knows the numbers; the page shows them masked. */
export function Redial({ disabled, onDial }: { disabled: boolean; onDial(contactId: string): void }) {
  const viewer = useViewer();
  const { desk } = useDesk();
  const from = desk?.session?.signedInAt;
  const { data, isPending } = useQuery(
    api.contacts.list.queryOptions({
      input: { agentId: viewer.id, direction: 'outbound', limit: 8, ...(from ? { from } : {}) },
    }),
  );
  const rows = data?.rows ?? [];
  return (
    <section className="redial" aria-label="重拨">
      <h4>重拨</h4>
      {isPending && <Skeleton active title={false} />}
      {!isPending && rows.length === 0 && <p className="muted">本次签入后还没有外呼</p>}
      {rows.map((row) => (
        <div key={row.id}>
          <span>
            <b className="num">{readableNumber(row.callerNumber)}</b>
            <small className="muted num">
              {dateTime(row.arrivedAt)} <Outcome row={row} />
            </small>
          </span>
          <Button disabled={disabled} icon={<DialIcon />} aria-label="重拨" onClick={() => onDial(row.id)} />
        </div>
      ))}
    </section>
  );
}

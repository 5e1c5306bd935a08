import { Button, Result } from 'antd';
import { Link } from 'react-router';
import type { Ended } from './Registration.tsx';
import type { Registered } from './useRegistration.ts';

type Props = { ended: Ended; order: Registered; onAnother(): void };

const said: Record<Exclude<Ended, 'discarded'>, string> = {
  closed: '已办结',
  handed_on: '已提交流转',
  kept: '已暂存',
  added: '已补充',
};

/** What became of a registration, and the next one. */
export function DonePanel({ ended, order: { id, number }, onAnother }: Props) {
  if (ended === 'discarded') return null;
  return (
    <Result
      className="registration-done"
      status={ended === 'kept' ? 'info' : 'success'}
      title={`工单 ${number} ${said[ended]}`}
      extra={
        <>
          <Button onClick={onAnother}>再登记一件</Button> <Link to={`/orders/${id}`}>查看工单</Link>
        </>
      }
    />
  );
}

import { Tooltip } from 'antd';
import { useDesk } from './DeskProvider.tsx';

/** Calls waiting in my queues. */
export function WaitingCalls() {
  const { desk } = useDesk();
  if (!desk) return null;
  return (
    <Tooltip title="本人技能组中正在排队的来电">
      <span className="waiting" data-some={desk.waiting > 0 || undefined}>
        排队 <b>{desk.waiting}</b>
      </span>
    </Tooltip>
  );
}

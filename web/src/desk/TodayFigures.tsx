import { duration } from '../platform/format.ts';
import { useDesk } from './DeskProvider.tsx';

/** My day so far, in the header. */
export function TodayFigures() {
  const { desk, own } = useDesk();
  if (!desk || own.phase !== 'signed_in') return null;
  const { today } = desk;
  return (
    <div className="today">
      <span>
        今日接听 <b>{today.answered}</b>
      </span>
      <span>
        未接 <b>{today.notAnswered}</b>
      </span>
      <span>
        平均通话 <b>{duration(today.averageTalkingMs)}</b>
      </span>
    </div>
  );
}

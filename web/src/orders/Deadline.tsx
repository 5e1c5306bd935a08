import { dueLevel, levelOf } from '@rexian/contracts';
import { useServerNow } from '../platform/clock.ts';
import { fullDateMinute } from '../platform/format.ts';
import { Tag } from '../platform/Tag.tsx';
import { type Due, levelTone, remaining } from './deadline.ts';

/** How much time is left, ticking: a colour, and the words. */
export function Deadline({ due }: { due: Due | null }) {
  const now = useServerNow();
  if (!due) return <span className="muted">—</span>;
  const level = levelOf(due, now);
  return (
    <span title={`${dueLevel.labels[level]}：${due.what}时限 ${fullDateMinute(due.at)}`} data-due={level}>
      <Tag tone={levelTone[level]}>
        {due.what === '签收' && '签收'}
        {remaining(due.at, now)}
      </Tag>
    </span>
  );
}

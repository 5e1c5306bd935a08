import type { Alarm } from '@rexian/contracts';
import { useServerNow } from '../platform/clock.ts';
import { duration } from '../platform/format.ts';
import { raised } from './alarms.ts';

/** Time since, ticking; turns red when one of the alarms has gone off. */
export function Since({ since, alarms = [] }: { since: Date; alarms?: readonly Alarm[] }) {
  const now = useServerNow();
  const level = raised(alarms, now).length > 0 ? 'broken' : undefined;
  return (
    <time className="num" data-level={level}>
      {duration(now - since.getTime())}
    </time>
  );
}

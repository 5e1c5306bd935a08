import type { DeskContact } from '@rexian/contracts';
import { Elapsed } from '../platform/Elapsed.tsx';
import { useTimeLimit } from './useTimeLimit.ts';

/** How long the wrap-up may still take, or by how much a mandatory one is over; without a limit how long it takes already. */
export function WrapUpClock({ wrapUp, since }: { wrapUp: DeskContact['wrapUp']; since: Date }) {
  const limit = useTimeLimit(wrapUp.until, wrapUp.mandatory);
  return (
    <small className="wrap-up-clock num" data-over={limit?.over || undefined}>
      {wrapUp.mandatory && '必填 · '}
      {limit ? `${limit.over ? '超时' : '剩余'} ${limit.text}` : '已用 '}
      {!limit && <Elapsed since={since} />}
    </small>
  );
}

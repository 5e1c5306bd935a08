import { contactOrigin, type LiveCall } from '@rexian/contracts';
import { useServerNow } from '../platform/clock.ts';
import { duration, readableNumber } from '../platform/format.ts';
import { waitLevel } from './order.ts';

/** More are counted only: who comes next stands on top. */
const SHOWN = 100;

const since = ({ waitingSince, stateSince }: LiveCall) => (waitingSince ?? stateSince).getTime();

/** Callers who wait, in the order in which they will be served. */
export function WaitingList({ calls }: { calls: LiveCall[] }) {
  const now = useServerNow();
  const waiting = [...calls].sort((a, b) => (a.position ?? 0) - (b.position ?? 0) || since(a) - since(b));
  return (
    <section className="waiting-list" aria-label="排队来电">
      <h3>
        排队来电 <small>{calls.length}</small>
      </h3>
      {calls.length === 0 && <p className="muted">没有来电在等待</p>}
      <ol>
        {waiting.slice(0, SHOWN).map((call) => {
          const wait = now - since(call);
          return (
            <li key={call.id}>
              <b className="num">{call.state === 'ringing' ? '振铃' : (call.position ?? '—')}</b>
              <span className="num">{readableNumber(call.callerNumber)}</span>
              <span className="muted">{call.queue?.name ?? call.unit.name}</span>
              {call.origin !== 'direct' && <span className="origin">{contactOrigin.labels[call.origin]}</span>}
              <time className="num" data-level={call.origin === 'callback' ? undefined : waitLevel(wait)}>
                {duration(wait)}
              </time>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

import { type ContactLeg, legOutcome, legState, wrapUpResult } from '@rexian/contracts';
import { duration, fullDateTime } from '../platform/format.ts';

/** Every agent the call was offered to, in order, with the wrap-up of those who talked. */
export function Legs({ legs }: { legs: ContactLeg[] }) {
  if (legs.length === 0) return null;
  return (
    <section>
      <h3>坐席</h3>
      {legs.map((leg) => (
        <article className="leg" key={leg.id}>
          <header>
            <b>
              {leg.person.name} {leg.person.agentNumber}
            </b>
            <span>{leg.outcome ? legOutcome.labels[leg.outcome] : legState.labels[leg.state]}</span>
            <span className="muted num">{fullDateTime(leg.offeredAt)} 分配</span>
            <span className="muted num">{talked(leg)}</span>
          </header>
          {(leg.result || leg.remark) && (
            <p>
              {leg.result && <b>{wrapUpResult.labels[leg.result]}</b>}
              {leg.categoryName && <span className="muted">{leg.categoryName}</span>}
              {leg.remark && <span className="leg-remark">{leg.remark}</span>}
            </p>
          )}
        </article>
      ))}
    </section>
  );
}

function talked(leg: ContactLeg): string {
  if (!leg.connectedAt) return '';
  const end = leg.endedAt;
  if (!end) return '通话中';
  const hold = leg.holdMs > 0 ? `，保持 ${duration(leg.holdMs)}` : '';
  return `通话 ${duration(end.getTime() - leg.connectedAt.getTime())}${hold}`;
}

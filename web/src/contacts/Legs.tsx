import { type ContactLeg, legOutcome, legRole, legState, superviseMode, wrapUpResult } from '@rexian/contracts';
import { duration, fullDateTime } from '../platform/format.ts';

/** Everybody the call was offered to or who had a part in it, in order, with the wrap-up of those who talked. */
export function Legs({ legs }: { legs: ContactLeg[] }) {
  if (legs.length === 0) return null;
  return (
    <section>
      <h3>参与人</h3>
      {legs.map((leg) => (
        <article className="leg" key={leg.id} data-leg={leg.role}>
          <header>
            <b>
              {leg.name} {leg.person?.agentNumber}
            </b>
            <span data-role={leg.role}>{roleText(leg)}</span>
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

const roleText = ({ role, mode }: ContactLeg) => (mode ? superviseMode.labels[mode] : legRole.labels[role]);

function talked(leg: ContactLeg): string {
  if (!leg.connectedAt) return '';
  const end = leg.endedAt;
  if (!end) return '通话中';
  const hold = leg.holdMs > 0 ? `，保持 ${duration(leg.holdMs)}` : '';
  return `通话 ${duration(end.getTime() - leg.connectedAt.getTime())}${hold}`;
}

import { type ContactDetail, type ContactSummary, scoreLabel } from '@rexian/contracts';
import { Tag } from '../platform/Tag.tsx';

type Rated = Pick<ContactSummary, 'satisfaction' | 'satisfactionPushed'>;

/** Below 3 the caller was not content. */
const isBad = (score: number) => score < 3;

/** The caller's mark in a cell: the word, or why there is none. */
export function Satisfaction({ contact }: { contact: Rated }) {
  const { satisfaction, satisfactionPushed } = contact;
  if (satisfaction === null) return satisfactionPushed ? <span className="muted">未评价</span> : '—';
  if (isBad(satisfaction)) return <Tag tone="fault">{scoreLabel(satisfaction)}</Tag>;
  return scoreLabel(satisfaction);
}

/** The same with its reason, in the drawer's head; nothing when the caller was not asked. */
export function SatisfactionFact({ contact }: { contact: ContactDetail }) {
  if (!contact.satisfactionPushed) return null;
  return (
    <span data-testid="satisfaction">
      满意度 <Satisfaction contact={contact} />
      {contact.satisfactionReason && `（${contact.satisfactionReason}）`}
    </span>
  );
}

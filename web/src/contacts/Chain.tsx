import { type ChainLink, type ContactDetail, contactOrigin, endReason } from '@rexian/contracts';
import { Link, useLocation } from 'react-router';
import { fullDateTime } from '../platform/format.ts';
import { Tag } from '../platform/Tag.tsx';

/** A call that went on at other centres, part by part: 12366 → 南宁 …, who sent it and with what note. */
export function Chain({ contact }: { contact: ContactDetail }) {
  if (contact.chain.length === 0) {
    const { sentBy } = contact;
    if (!sentBy) return null;
    return (
      <section>
        <h3>转接</h3>
        <ol className="chain">
          <li>
            <Sent from={sentBy.unit} by={sentBy.person} note={sentBy.note} />
          </li>
        </ol>
      </section>
    );
  }
  return (
    <section>
      <h3>转接链</h3>
      <ol className="chain">
        {contact.chain.map((link, index) => (
          <Part
            key={link.contactId ?? `gap-${index}`}
            link={link}
            from={contact.chain[index - 1]?.unit ?? ''}
            current={link.contactId === contact.id}
          />
        ))}
      </ol>
    </section>
  );
}

function Part({ link, from, current }: { link: ChainLink; from: string; current: boolean }) {
  const { search } = useLocation();
  return (
    <li aria-current={current || undefined} data-testid="chain-part">
      {link.contactId && !current ? (
        <Link to={{ pathname: `/contacts/${link.contactId}`, search }}>{link.unit}</Link>
      ) : (
        <b>{link.unit}</b>
      )}
      {link.origin && <Tag tone="quiet">{contactOrigin.labels[link.origin]}</Tag>}
      {link.arrivedAt && <span className="muted num">{fullDateTime(link.arrivedAt)}</span>}
      {link.endReason && <span className="muted">{endReason.labels[link.endReason]}</span>}
      {link.contactId === null && (
        <span className="muted">{link.remoteId ? `其他平台，对方记录号 ${link.remoteId}` : '不在查看范围内'}</span>
      )}
      {(link.sentBy || link.note) && <Sent from={from} by={link.sentBy} note={link.note} />}
    </li>
  );
}

function Sent({ from, by, note }: { from: string; by: string; note: string }) {
  return (
    <span className="chain-note">
      {[from, by].filter(Boolean).join(' ')} 转来{note && `：${note}`}
    </span>
  );
}

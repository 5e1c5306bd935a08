import { CloseOutlined, UserOutlined } from '@ant-design/icons';
import type { CallParty, DeskContact } from '@rexian/contracts';
import { Button, Tooltip } from 'antd';
import { client } from '../platform/api.ts';
import { Tag } from '../platform/Tag.tsx';
import { useDesk } from './DeskProvider.tsx';
import { isServing, liveParties, partyState, situation } from './partyWords.ts';
import { shortKey } from './shortcuts.ts';
import { usePhone } from './usePhone.ts';
import type { BarPlace } from './verbs.ts';

/** Who is in the call, and what is going on between them. Always as tall, so that nothing below moves. */
export function Parties({ contact }: { contact: DeskContact }) {
  const now = situation(contact);
  const parties = liveParties(contact);
  const consulting = parties.some(({ role, me }) => role === 'consulted' && !me);
  // The sentence names the caller and the viewer already.
  const isShown = ({ me, role }: CallParty) => !consulting || !me || role === 'consulted';
  return (
    <div className="parties" data-tone={now?.tone}>
      {now && <b className="situation">{now.text}</b>}
      {!consulting && (
        <span className="party-chip" data-tone={contact.onHold ? 'waiting' : 'talking'}>
          <UserOutlined /> {contact.direction === 'outbound' ? '被叫' : '来电人'}
        </span>
      )}
      {parties.filter(isShown).map((party) => (
        <Party key={party.legId} party={party} canDrop={contact.can.drop_member && !party.me && isServing(party)} />
      ))}
      {consulting && <ConsultButtons />}
    </div>
  );
}

function Party({ party, canDrop }: { party: CallParty; canDrop: boolean }) {
  const { act } = useDesk();
  const { text, tone } = partyState(party);
  return (
    <span className="party-chip" data-tone={tone} data-party-role={party.role} data-party-state={party.state}>
      {party.me ? '本人' : party.name}
      {!party.me && party.person?.agentNumber && <span className="muted num">{party.person.agentNumber}</span>}
      <Tag tone={tone}>{text}</Tag>
      {canDrop && (
        <Tooltip title="拆除">
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={`拆除 ${party.name}`}
            onClick={() => void act((sessionId) => client.desk.dropMember({ sessionId, legId: party.legId }))}
          />
        </Tooltip>
      )}
    </span>
  );
}

const places: BarPlace[] = ['consult', 'transfer', 'conference'];

/** The three ways out of a consultation, where the eye is; the bar has the same. */
function ConsultButtons() {
  const { bar, run } = usePhone();
  return (
    <span className="consult-buttons">
      {places.map((place) => {
        const { action, label, shortcut, enabled, reason } = bar[place];
        return (
          <Tooltip key={place} title={reason}>
            <span>
              <Button size="small" disabled={!enabled} onClick={() => run(action)}>
                {label} <kbd>{shortKey(shortcut)}</kbd>
              </Button>
            </span>
          </Tooltip>
        );
      })}
    </span>
  );
}

import { CopyOutlined } from '@ant-design/icons';
import { contactOrigin, type DeskContact, legRole } from '@rexian/contracts';
import { Button } from 'antd';
import { useRevealedNumber } from '../contacts/CallerNumber.tsx';
import { RevealButton } from '../personal/reveal.tsx';
import { useCopy } from '../platform/copy.ts';
import { Elapsed } from '../platform/Elapsed.tsx';
import { duration, isMasked, readableNumber } from '../platform/format.ts';
import { SmsButton } from '../sms/SmsButton.tsx';
import { callPhase } from './callPhase.ts';
import { useDesk } from './DeskProvider.tsx';
import { Parties } from './Parties.tsx';
import { RingButtons } from './RingButtons.tsx';

/** The screen pop: who calls, how the call came here, what they pressed, how long they waited, who is in it. */
export function CallCard({ contact }: { contact: DeskContact }) {
  const { desk } = useDesk();
  const phase = callPhase(contact, desk?.session?.state ?? 'talking');
  return (
    <section className="panel call-card" data-tone={phase.tone} data-leg-state={contact.legState} aria-live="polite">
      <div className="call-head">
        <span className="call-phase">
          {phase.label}
          <time className="num">
            {phase.since && phase.until && duration(phase.until.getTime() - phase.since.getTime())}
            {phase.since && !phase.until && <Elapsed since={phase.since} />}
          </time>
        </span>
        <Caller contact={contact} />
        <RingButtons contact={contact} />
      </div>
      {contact.sentBy && <SentBy sentBy={contact.sentBy} />}
      <Facts contact={contact} />
      {contact.legState !== 'ended' && <Parties contact={contact} />}
    </section>
  );
}

function Facts({ contact }: { contact: DeskContact }) {
  const outbound = contact.direction === 'outbound';
  return (
    <dl className="call-facts">
      <Origin contact={contact} />
      <div>
        <dt>{outbound ? '显示号码' : '拨打号码'}</dt>
        <dd>
          {contact.calledName} <span className="muted">{contact.calledNumber}</span>
        </dd>
      </div>
      <div>
        <dt>归属地</dt>
        <dd>{contact.callerRegion || '—'}</dd>
      </div>
      <div>
        <dt>技能组</dt>
        <dd>{contact.queue?.name ?? '—'}</dd>
      </div>
      <div>
        <dt>排队等待</dt>
        <dd className="num">{duration(contact.waitedMs)}</dd>
      </div>
      <div className="call-keys">
        <dt>按键轨迹</dt>
        <dd>
          {contact.trajectory.length === 0 && '无'}
          {contact.trajectory.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are appended in order and never move
            <span key={index} className="key-step">
              <b>{step.key}</b>
              {step.label}
            </span>
          ))}
        </dd>
      </div>
    </dl>
  );
}

/** 直拨 / 12366转接 / 地市呼转, and what the viewer is in it when not its lead. */
function Origin({ contact: { origin, role } }: { contact: DeskContact }) {
  return (
    <div>
      <dt>来源</dt>
      <dd className="call-origin">
        <b data-origin={origin}>{contactOrigin.labels[origin]}</b>
        {role !== 'lead' && <b data-role={role}>{legRole.labels[role]}</b>}
      </dd>
    </div>
  );
}

function SentBy({ sentBy }: { sentBy: NonNullable<DeskContact['sentBy']> }) {
  const who = [sentBy.unit, sentBy.person].filter(Boolean).join(' ');
  return (
    <p className="call-sent-by">
      <span className="muted">由</span> {who} <span className="muted">转来</span>
      {sentBy.note && <q>{sentBy.note}</q>}
    </p>
  );
}

function Caller({ contact }: { contact: DeskContact }) {
  const copy = useCopy();
  const reveal = useRevealedNumber(contact.contactId);
  const number = reveal.secret ?? contact.callerNumber;
  return (
    <span className="call-number">
      <strong className="num" data-testid="caller-number">
        {readableNumber(number) || '未知号码'}
      </strong>
      {isMasked(contact.callerNumber) && (
        <RevealButton revealed={reveal.secret !== null} busy={reveal.busy} onClick={reveal.toggle} />
      )}
      {!isMasked(number) && (
        <Button
          type="text"
          size="small"
          icon={<CopyOutlined />}
          aria-label="复制号码"
          onClick={() => void copy(number, '号码已复制')}
        />
      )}
      <SmsButton about={{ contactId: contact.contactId }} key={contact.contactId} />
    </span>
  );
}

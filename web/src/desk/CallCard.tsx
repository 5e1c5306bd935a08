import { CopyOutlined, PhoneOutlined } from '@ant-design/icons';
import type { DeskContact } from '@rexian/contracts';
import { Button } from 'antd';
import { RevealButton, useRevealedNumber } from '../contacts/CallerNumber.tsx';
import { Elapsed } from '../platform/clock.tsx';
import { useCopy } from '../platform/copy.ts';
import { duration, isMasked, readableNumber } from '../platform/format.ts';
import { callPhase } from './callPhase.ts';
import { HangUpIcon } from './HangUpIcon.tsx';
import { usePhone } from './usePhone.ts';

/** The screen pop: who calls, where they dialled, what they pressed, how long they waited. */
export function CallCard({ contact }: { contact: DeskContact }) {
  const phase = callPhase(contact);
  return (
    <section className="panel call-card" data-tone={phase.tone} data-leg-state={contact.legState} aria-live="polite">
      <div className="call-head">
        <span className="call-phase">
          {phase.label}
          {phase.since && (
            <time className="num">
              {phase.until ? duration(phase.until.getTime() - phase.since.getTime()) : <Elapsed since={phase.since} />}
            </time>
          )}
        </span>
        <Caller contact={contact} />
        <RingButtons />
      </div>
      <dl className="call-facts">
        <div>
          <dt>拨打号码</dt>
          <dd>
            {contact.calledName} <span className="muted">{contact.calledNumber}</span>
          </dd>
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
    </section>
  );
}

function Caller({ contact }: { contact: DeskContact }) {
  const copy = useCopy();
  const reveal = useRevealedNumber(contact.contactId);
  const number = reveal.number ?? contact.callerNumber;
  return (
    <span className="call-number">
      <strong className="num" data-testid="caller-number">
        {readableNumber(number) || '未知号码'}
      </strong>
      {isMasked(contact.callerNumber) && (
        <RevealButton revealed={reveal.number !== null} busy={reveal.busy} onClick={reveal.toggle} />
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
    </span>
  );
}

/** Large buttons while it rings; the phone bar on top has the same. */
function RingButtons() {
  const phone = usePhone();
  if (!phone.can.answer) return null;
  return (
    <span className="ring-buttons">
      <Button size="large" className="phone-button" data-tone="ready" icon={<PhoneOutlined />} onClick={phone.answer}>
        接听 <kbd>F2</kbd>
      </Button>
      <Button size="large" className="phone-button" data-tone="fault" icon={<HangUpIcon />} onClick={phone.hangUp}>
        拒接 <kbd>F4</kbd>
      </Button>
    </span>
  );
}

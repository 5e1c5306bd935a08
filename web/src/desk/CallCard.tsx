import { CopyOutlined, PhoneOutlined } from '@ant-design/icons';
import type { DeskContact } from '@rexian/contracts';
import { App, Button } from 'antd';
import { Elapsed } from '../platform/clock.tsx';
import { duration, readableNumber } from '../platform/format.ts';
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
        <CallerNumber number={contact.callerNumber} />
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

function CallerNumber({ number }: { number: string }) {
  const { message } = App.useApp();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(number);
      void message.success('号码已复制');
    } catch {
      void message.warning('浏览器不允许复制，请手动选择号码');
    }
  };
  return (
    <span className="call-number">
      <strong className="num" data-testid="caller-number">
        {readableNumber(number) || '未知号码'}
      </strong>
      <Button type="text" size="small" icon={<CopyOutlined />} aria-label="复制号码" onClick={() => void copy()} />
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

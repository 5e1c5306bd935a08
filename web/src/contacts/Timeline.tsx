import { type ContactDetail, type ContactEvent, contactEventType } from '@rexian/contracts';
import { wallOf } from '../platform/beijing.ts';
import { duration } from '../platform/format.ts';
import type { Tone } from '../platform/status.ts';

const tones: Partial<Record<ContactEvent['type'], Tone>> = {
  queued: 'waiting',
  position_announced: 'waiting',
  offered: 'ringing',
  ringing: 'ringing',
  offer_failed: 'fault',
  connected: 'talking',
  held: 'waiting',
  retrieved: 'talking',
  leg_ended: 'wrap-up',
  wrap_up_saved: 'ready',
  recording_stored: 'ready',
  recording_missing: 'fault',
  overflowed: 'waiting',
  callback_offered: 'waiting',
  callback_booked: 'ready',
  dialled: 'ringing',
  call_lost: 'fault',
  consult_started: 'ringing',
  consult_ended: 'talking',
  conference_started: 'talking',
  member_joined: 'talking',
  transferred: 'ringing',
  arrived_by_transfer: 'ringing',
  supervised: 'wrap-up',
  taken_over: 'talking',
  forced_hang_up: 'fault',
  satisfaction_given: 'ready',
  voicemail_left: 'ready',
  fault: 'fault',
  adopted: 'not-ready',
};

/** The label stands beside it in bold: the text need not say it again. */
function withoutLabel({ type, text }: ContactEvent): string {
  const label = contactEventType.labels[type];
  return text.startsWith(label) ? text.slice(label.length).replace(/^[：:，,\s]+/, '') : text;
}

/** The ledger of the call: what happened, when, and how long after it came in. */
export function Timeline({ contact }: { contact: ContactDetail }) {
  const start = contact.arrivedAt.getTime();
  return (
    <ol className="timeline">
      {contact.events.map((event) => (
        <li key={event.sequence} data-tone={tones[event.type] ?? 'quiet'} data-event={event.type}>
          <time className="num" dateTime={event.at.toISOString()}>
            {wallOf(event.at).format('HH:mm:ss')}
          </time>
          <span className="num muted">+{duration(event.at.getTime() - start)}</span>
          <b>{contactEventType.labels[event.type]}</b>
          <span>{withoutLabel(event)}</span>
        </li>
      ))}
    </ol>
  );
}

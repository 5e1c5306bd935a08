import { type OrderDetail, type OrderEventType, orderEventType } from '@rexian/contracts';
import { fullDateTime } from '../../platform/format.ts';
import { personName } from '../../platform/personName.ts';
import type { Tone } from '../../platform/status.ts';

const tones: Partial<Record<OrderEventType, Tone>> = {
  completed: 'ready',
  closed: 'ready',
  returned: 'not-ready',
  urged: 'fault',
  supervised: 'fault',
  overdue: 'fault',
  near_due: 'not-ready',
  cancelled: 'fault',
  commented: 'wrap-up',
  arrived: 'talking',
};

/** Everything that happened, oldest first. */
export function Trail({ order: { trail } }: { order: OrderDetail }) {
  return (
    <section className="panel">
      <h2>办理轨迹</h2>
      <ol className="order-trail" aria-label="办理轨迹">
        {trail.map(({ id, at, type, title, text, person, unit }) => (
          <li key={id} data-tone={tones[type] ?? 'quiet'} data-event={type}>
            <time className="num">{fullDateTime(at)}</time>
            <div>
              <strong title={orderEventType.labels[type]}>{title}</strong>{' '}
              <span className="muted">
                {[unit?.name, person ? personName(person) : '系统'].filter(Boolean).join(' · ')}
              </span>
              {text && <p className="order-text">{text}</p>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

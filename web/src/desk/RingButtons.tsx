import { PhoneOutlined } from '@ant-design/icons';
import type { DeskContact } from '@rexian/contracts';
import { Button } from 'antd';
import { HangUpIcon } from './HangUpIcon.tsx';
import { usePhone } from './usePhone.ts';

/** Large buttons while it rings; the phone bar on top has the same. */
export function RingButtons({ contact }: { contact: DeskContact }) {
  const { bar, run } = usePhone();
  const { answer, hang_up: refuse } = bar;
  const rings = contact.legState === 'ringing' || answer.enabled;
  if (!rings || (!answer.enabled && refuse.action !== 'reject')) return null;
  return (
    <span className="ring-buttons">
      {answer.enabled ? (
        <Button
          size="large"
          className="ring-button"
          data-tone="ready"
          icon={<PhoneOutlined />}
          onClick={() => run('answer')}
        >
          接听 <kbd>F2</kbd>
        </Button>
      ) : (
        <span className="muted">{answer.reason}</span>
      )}
      {refuse.action === 'reject' && (
        <Button
          size="large"
          className="ring-button"
          data-tone="fault"
          icon={<HangUpIcon />}
          onClick={() => run('reject')}
        >
          拒接 <kbd>F4</kbd>
        </Button>
      )}
    </span>
  );
}

import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { App, Button, Tooltip } from 'antd';
import type { MouseEvent } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { client } from '../platform/api.ts';
import { DialButton } from '../platform/dialling.tsx';
import { errorText } from '../platform/errors.ts';
import { isMasked, readableNumber } from '../platform/format.ts';
import './reveal.css';

/** A caller's number, masked until somebody who may see it asks; each look is on record. */
export function CallerNumber({ contactId, number }: { contactId: string; number: string }) {
  const reveal = useRevealedNumber(contactId);
  const shown = reveal.number ?? number;
  return (
    <span className="revealable">
      <span className="num">{readableNumber(shown) || '未知号码'}</span>
      {isMasked(number) && (
        <RevealButton revealed={reveal.number !== null} busy={reveal.busy} onClick={reveal.toggle} />
      )}
      {/\d/.test(number) && <DialButton whom={{ contactId }} />}
    </span>
  );
}

/** The whole number once asked for. It stays in this place of the page only: another look is another entry in the audit log. */
export function useRevealedNumber(contactId: string) {
  const { message } = App.useApp();
  const reveal = useMutation({
    mutationFn: () => client.contacts.reveal({ id: contactId }),
    onError: (error) => void message.error(errorText(error)),
    gcTime: 0,
  });
  return {
    number: reveal.data?.callerNumber ?? null,
    busy: reveal.isPending,
    toggle: () => (reveal.data ? reveal.reset() : reveal.mutate()),
  };
}

type ButtonProps = { revealed: boolean; busy: boolean; onClick(): void };

/** Nothing for those who may not. */
export function RevealButton({ revealed, busy, onClick }: ButtonProps) {
  const viewer = useViewer();
  if (!may(viewer, 'personal.reveal')) return null;
  const click = (event: MouseEvent) => {
    // The row behind it would open.
    event.stopPropagation();
    onClick();
  };
  return (
    <Tooltip title={revealed ? '隐藏' : '查看会记入审计日志'}>
      <Button
        type="text"
        size="small"
        className="reveal"
        data-revealed={revealed || undefined}
        loading={busy}
        icon={revealed ? <EyeInvisibleOutlined /> : <EyeOutlined />}
        aria-label={revealed ? '隐藏' : '查看'}
        onClick={click}
      />
    </Tooltip>
  );
}

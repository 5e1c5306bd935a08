import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { App, Button, Tooltip } from 'antd';
import type { MouseEvent, ReactNode } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { errorText } from '../platform/errors.ts';
import { readableNumber } from '../platform/format.ts';
import './reveal.css';

/** What is masked, once asked for. It stays in this place of the page only: another look is another entry in the audit log. */
export function useReveal<Secret>(ask: () => Promise<Secret>) {
  const { message } = App.useApp();
  const { data, isPending, mutate, reset } = useMutation({
    mutationFn: ask,
    onError: (error) => void message.error(errorText(error)),
    gcTime: 0,
  });
  return {
    secret: data ?? null,
    busy: isPending,
    hide: reset,
    toggle: () => (data === undefined ? mutate() : reset()),
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

type NumberProps = {
  number: string;
  /** There is more to see than what is shown. */
  masked: boolean;
  ask(): Promise<string>;
  children?: ReactNode;
};

/** A number, masked until somebody who may see it asks; each look is on record. */
export function RevealableNumber({ number, masked, ask, children }: NumberProps) {
  const { secret, busy, toggle } = useReveal(ask);
  return (
    <span className="revealable">
      <span className="num">{readableNumber(secret ?? number) || '未知号码'}</span>
      {masked && <RevealButton revealed={secret !== null} busy={busy} onClick={toggle} />}
      {children}
    </span>
  );
}

import {
  AudioMutedOutlined,
  AudioOutlined,
  PauseCircleOutlined,
  PhoneOutlined,
  PlayCircleOutlined,
} from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useDesk } from './DeskProvider.tsx';
import { HangUpIcon } from './HangUpIcon.tsx';
import { Keypad } from './Keypad.tsx';
import { LineQuality } from './LineQuality.tsx';
import { type ShortcutKey, shortcuts } from './phoneActions.ts';
import { usePhone, useShortcuts } from './usePhone.ts';

export function PhoneBar() {
  const phone = usePhone();
  const { own, desk } = useDesk();
  useShortcuts(phone);
  const { can, muted } = phone;
  const onHold = desk?.contact?.onHold === true;
  return (
    <div className="phone-bar" role="toolbar" aria-label="电话">
      <PhoneButton
        shortcut="F2"
        label="接听"
        tone="ready"
        enabled={can.answer}
        active={can.answer}
        onClick={phone.answer}
      >
        <PhoneOutlined />
      </PhoneButton>
      <PhoneButton
        shortcut="F4"
        label={can.answer ? '拒接' : '挂机'}
        tone="fault"
        enabled={can.hangUp}
        onClick={phone.hangUp}
      >
        <HangUpIcon />
      </PhoneButton>
      <PhoneButton
        shortcut="F8"
        label={muted ? '取消静音' : '静音'}
        enabled={can.mute}
        active={muted}
        onClick={phone.mute}
      >
        {muted ? <AudioMutedOutlined /> : <AudioOutlined />}
      </PhoneButton>
      <PhoneButton
        shortcut="F9"
        label={onHold ? '取保持' : '保持'}
        enabled={can.hold || can.retrieve}
        active={onHold}
        onClick={phone.hold}
      >
        {onHold ? <PlayCircleOutlined /> : <PauseCircleOutlined />}
      </PhoneButton>
      <Keypad enabled={can.keys} onKey={phone.sendKey} />
      {own.call.state === 'talking' && <LineQuality />}
    </div>
  );
}

type ButtonProps = {
  label: string;
  shortcut: ShortcutKey;
  tone?: 'ready' | 'fault';
  enabled: boolean;
  active?: boolean;
  onClick(): unknown;
  children: ReactNode;
};

function PhoneButton({ label, shortcut, tone, enabled, active, onClick, children }: ButtonProps) {
  return (
    <Tooltip title={`${label}（${shortcut}）`} mouseEnterDelay={0.6}>
      <Button
        className="phone-button"
        data-tone={tone}
        data-active={active || undefined}
        disabled={!enabled}
        onClick={() => void onClick()}
        aria-keyshortcuts={shortcut}
        aria-label={`${label}，快捷键 ${shortcut}`}
        title={enabled ? undefined : shortcuts[shortcut]}
      >
        {children}
        <span>{label}</span>
        <kbd>{shortcut}</kbd>
      </Button>
    </Tooltip>
  );
}

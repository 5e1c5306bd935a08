import {
  AudioMutedOutlined,
  AudioOutlined,
  CommentOutlined,
  HomeOutlined,
  PauseCircleOutlined,
  PhoneOutlined,
  PlayCircleOutlined,
  RollbackOutlined,
  SmileOutlined,
  SwapOutlined,
  TeamOutlined,
  UserAddOutlined,
  UserSwitchOutlined,
} from '@ant-design/icons';
import { type ReactNode, useState } from 'react';
import { DialIcon } from './DialIcon.tsx';
import { DialDialog } from './dial/DialDialog.tsx';
import { HangUpIcon } from './HangUpIcon.tsx';
import { Keypad } from './Keypad.tsx';
import { PhoneButton } from './PhoneButton.tsx';
import { ShortcutHelp } from './ShortcutHelp.tsx';
import { TargetDialog } from './targets/TargetDialog.tsx';
import type { Purpose } from './targets/targetRows.ts';
import { usePhone } from './usePhone.ts';
import { useShortcuts } from './useShortcuts.ts';
import { type BarPlace, type PhoneAction, phonePlaces } from './verbs.ts';

const icons: Partial<Record<PhoneAction, ReactNode>> = {
  answer: <PhoneOutlined />,
  reject: <HangUpIcon />,
  hang_up: <HangUpIcon />,
  mute: <AudioOutlined />,
  unmute: <AudioMutedOutlined />,
  hold: <PauseCircleOutlined />,
  retrieve: <PlayCircleOutlined />,
  transfer: <SwapOutlined />,
  consult_transfer: <UserSwitchOutlined />,
  consult: <CommentOutlined />,
  consult_return: <RollbackOutlined />,
  conference: <TeamOutlined />,
  add_member: <UserAddOutlined />,
  transfer_survey: <SmileOutlined />,
  transfer_menu: <HomeOutlined />,
  dial: <DialIcon />,
};
const tones: Partial<Record<BarPlace, 'ready' | 'fault'>> = { answer: 'ready', hang_up: 'fault' };

/** What is open above the page; one at a time. */
type Open = Purpose | 'dial' | 'keys' | 'help' | null;
const purposes: Partial<Record<PhoneAction, Purpose>> = {
  transfer: 'transfer',
  consult: 'consult',
  add_member: 'add_member',
};

export function PhoneBar() {
  const { bar, run } = usePhone();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const press = (place: BarPlace) => {
    const { action, enabled } = bar[place];
    if (!enabled) return;
    const purpose = purposes[action];
    if (purpose) setOpen(purpose);
    else if (action === 'dial') setOpen('dial');
    else if (action === 'keys') setOpen((before) => (before === 'keys' ? null : 'keys'));
    else run(action);
  };
  useShortcuts(bar, press, () => setOpen((before) => (before === 'help' ? null : 'help')));
  const purpose = open === 'transfer' || open === 'consult' || open === 'add_member' ? open : null;
  return (
    <div className="phone-bar" role="toolbar" aria-label="电话">
      {phonePlaces.map((place) =>
        place === 'keys' ? (
          <Keypad
            key={place}
            button={bar.keys}
            open={open === 'keys' && bar.keys.enabled}
            onOpenChange={(next) => setOpen(next ? 'keys' : null)}
          />
        ) : (
          <PhoneButton key={place} button={bar[place]} tone={tones[place]} onClick={() => press(place)}>
            {icons[bar[place].action]}
          </PhoneButton>
        ),
      )}
      {/* What was being chosen no longer fits when the caller leaves: the dialog goes with the verb. */}
      <TargetDialog purpose={purpose && bar[placeOf[purpose]].action === purpose ? purpose : null} onClose={close} />
      <DialDialog open={open === 'dial' && bar.dial.enabled} onClose={close} />
      <ShortcutHelp open={open === 'help'} onClose={close} />
    </div>
  );
}

const placeOf: Record<Purpose, BarPlace> = { transfer: 'transfer', consult: 'consult', add_member: 'conference' };

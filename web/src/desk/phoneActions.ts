import type { Desk } from '@rexian/contracts';
import type { DeskSessionState } from './session.ts';

export type PhoneAction = 'answer' | 'hangUp' | 'mute' | 'hold' | 'retrieve' | 'keys';

/** What the phone bar offers now: the server's word for the call, the phone's own state for what only it can do. */
export function phoneActions(desk: Desk | undefined, own: DeskSessionState): Record<PhoneAction, boolean> {
  const can = own.phase === 'signed_in' ? desk?.session?.can : undefined;
  const call = own.call.state;
  return {
    answer: call === 'ringing',
    hangUp: can?.hangUp === true || call === 'ringing' || call === 'answering' || call === 'talking',
    mute: call === 'talking',
    hold: can?.hold === true,
    retrieve: can?.retrieve === true,
    keys: call === 'talking',
  };
}

export type ShortcutKey = 'F2' | 'F4' | 'F8' | 'F9';

/** Function keys that Chromium, Firefox and Edge leave to the page. */
export const shortcuts: Record<ShortcutKey, string> = { F2: '接听', F4: '挂机', F8: '静音', F9: '保持 / 取保持' };

export function shortcutOf(event: {
  key: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  repeat: boolean;
}): ShortcutKey | null {
  if (event.repeat || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  return event.key in shortcuts ? (event.key as ShortcutKey) : null;
}

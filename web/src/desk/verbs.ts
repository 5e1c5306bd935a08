import type { CallVerb, Desk } from '@rexian/contracts';
import type { DeskSessionState } from './session.ts';
import type { ShortcutKey } from './shortcuts.ts';
import { whyNot } from './whyNot.ts';

/** Everything the phone bar can be asked to do. */
export type PhoneAction = CallVerb | 'dial' | 'keys';

/** One place of the bar. Opposites share a place, so that the bar never jumps. */
export const phonePlaces = [
  'answer',
  'hang_up',
  'mute',
  'hold',
  'transfer',
  'consult',
  'conference',
  'survey',
  'menu',
  'keys',
  'dial',
] as const;
export type BarPlace = (typeof phonePlaces)[number];

export interface BarButton {
  place: BarPlace;
  action: PhoneAction;
  label: string;
  shortcut: ShortcutKey;
  enabled: boolean;
  /** The state that the button ends is on: muted, on hold, in consultation, ringing. */
  active: boolean;
  /** Why it doesn't fit now; null when it does. */
  reason: string | null;
}

type Own = Pick<DeskSessionState, 'phase' | 'phoneKind' | 'call'>;

/** The phone bar: the server's word for the call, and the browser phone's own state for what only it can do. */
export function phoneBar(desk: Desk | undefined, own: Own): Record<BarPlace, BarButton> {
  const can = verbsOf(desk, own);
  const consulting = can('consult_return');
  const reasonOf = (action: PhoneAction) => whyNot(action === 'keys' ? 'dtmf' : action, desk, own);
  const button = (
    place: BarPlace,
    action: PhoneAction,
    shortcut: ShortcutKey,
    label: string,
    active = false,
  ): BarButton => {
    const enabled = can(action);
    return { place, action, label, shortcut, enabled, active, reason: enabled ? null : reasonOf(action) };
  };
  const refuse = can('reject') ? 'reject' : 'hang_up';
  const muted = can('unmute');
  const held = can('retrieve');
  return {
    answer: button('answer', 'answer', 'F2', '接听', can('answer')),
    hang_up: button('hang_up', refuse, 'F4', refuse === 'reject' ? '拒接' : '挂机'),
    mute: button('mute', muted ? 'unmute' : 'mute', 'F8', muted ? '取消静音' : '静音', muted),
    hold: button('hold', held ? 'retrieve' : 'hold', 'F9', held ? '取保持' : '保持', held),
    transfer: button('transfer', consulting ? 'consult_transfer' : 'transfer', 'F6', consulting ? '磋商转' : '转接'),
    consult: button(
      'consult',
      consulting ? 'consult_return' : 'consult',
      'F7',
      consulting ? '取消磋商' : '磋商',
      consulting,
    ),
    conference: button('conference', consulting ? 'conference' : 'add_member', 'F10', consulting ? '三方' : '加成员'),
    survey: button('survey', 'transfer_survey', 'Shift+F8', '转满意度'),
    menu: button('menu', 'transfer_menu', 'Shift+F9', '转主菜单'),
    keys: button('keys', 'keys', 'Shift+F3', '键盘'),
    dial: button('dial', 'dial', 'F3', '外呼'),
  };
}

/** What can be done now, verb by verb. */
function verbsOf(desk: Desk | undefined, own: Own): (action: PhoneAction) => boolean {
  const signedIn = own.phase === 'signed_in';
  const server = signedIn ? desk?.contact?.can : undefined;
  const call = own.call;
  const isBrowser = own.phoneKind === 'browser';
  // An offer that has not reached the phone in this page can't be answered here yet.
  const ringsHere = call.state === 'ringing' || call.state === 'answering';
  const talksHere = isBrowser && call.state === 'talking';
  const muted = talksHere ? call.muted : server?.unmute === true;
  return (action) => {
    switch (action) {
      case 'answer':
        return isBrowser ? call.state === 'ringing' : server?.answer === true;
      case 'reject':
        return ringsHere || server?.reject === true;
      case 'hang_up':
        // When the server is away the agent must still be able to leave.
        return server?.hang_up === true || call.state === 'dialling' || talksHere;
      case 'mute':
        return !muted && (server?.mute === true || talksHere);
      case 'unmute':
        return muted;
      case 'keys':
        return server?.dtmf === true;
      case 'dial':
        return signedIn && desk?.session?.can.dial === true;
      default:
        return server?.[action] === true;
    }
  };
}

import type { Desk } from '@rexian/contracts';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { readableNumber } from '../platform/format.ts';
import type { DeskSessionState } from './session.ts';

const TITLE = '热线 Rexian';

/** Ask inside a click: browsers refuse the question otherwise. */
export function requestNotifications(): void {
  if (typeof Notification !== 'undefined' && Notification.permission === 'default') {
    void Notification.requestPermission();
  }
}

/** A ringing call calls for the agent: the desk opens, the tab's title flashes, the desktop notifies. */
export function useAttention(desk: Desk | undefined, own: DeskSessionState): void {
  const navigate = useNavigate();
  const contact = desk?.contact ?? null;
  // Who calls somebody themselves, or joins a call of others, needs no calling.
  const ringing =
    own.phase === 'signed_in' &&
    contact?.direction !== 'outbound' &&
    contact?.role !== 'supervisor' &&
    (own.call.state === 'ringing' || contact?.legState === 'ringing');
  const number = contact?.callerNumber ?? (own.call.state === 'ringing' ? own.call.number : '');
  const calledName = contact?.calledName ?? '';

  // The phone may ring before the desk knows what for: a leader who joins a call stays at the board.
  const summoned = ringing && contact !== null;
  useEffect(() => {
    if (summoned) void navigate('/desk');
  }, [summoned, navigate]);

  useEffect(() => {
    document.title = TITLE;
    if (!ringing) return;
    let shown = false;
    const flash = () => {
      shown = !shown;
      document.title = shown ? `【来电】${readableNumber(number)}` : TITLE;
    };
    flash();
    const timer = setInterval(flash, 800);
    return () => {
      clearInterval(timer);
      document.title = TITLE;
    };
  }, [ringing, number]);

  useEffect(() => {
    if (!ringing || !number || document.hasFocus()) return;
    return notify(`来电 ${readableNumber(number)}`, calledName);
  }, [ringing, number, calledName]);
}

function notify(title: string, body: string): (() => void) | undefined {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return undefined;
  const notification = new Notification(title, { body, tag: 'rexian-call', requireInteraction: true });
  notification.onclick = () => {
    focus();
    notification.close();
  };
  return () => notification.close();
}

import { failureText, MicrophoneError } from '@rexian/softphone';
import { App } from 'antd';
import { useEffect, useMemo } from 'react';
import { client } from '../platform/api.ts';
import { useDesk } from './DeskProvider.tsx';
import { phoneActions, shortcutOf } from './phoneActions.ts';
import { deskSession } from './session.ts';

/** The verbs of the phone bar, each doing nothing when it is not offered. */
export function usePhone() {
  const { desk, own, act } = useDesk();
  const { message } = App.useApp();
  const can = phoneActions(desk, own);
  const muted = own.call.state === 'talking' && own.call.muted;
  const call = own.call.state;

  return {
    can,
    muted,
    answer: () => {
      if (!can.answer) return;
      deskSession.answer().catch((error: unknown) => {
        const failure = error instanceof MicrophoneError ? error.failure : 'media';
        void message.error(failureText[failure]);
      });
    },
    hangUp: () => {
      if (!can.hangUp) return;
      // A ringing call is refused by the phone itself; a talk is ended by the server, which then knows who ended it.
      if (call === 'ringing' || call === 'answering') return deskSession.phone?.hangUp();
      void act((sessionId) => client.desk.hangUp({ sessionId })).then((done) => {
        if (!done) deskSession.phone?.hangUp();
      });
    },
    mute: () => can.mute && deskSession.phone?.mute(!muted),
    hold: () => {
      if (can.retrieve) void act((sessionId) => client.desk.retrieve({ sessionId }));
      else if (can.hold) void act((sessionId) => client.desk.hold({ sessionId }));
    },
    sendKey: (key: string) => deskSession.phone?.sendDtmf(key),
  };
}

export type Phone = ReturnType<typeof usePhone>;

/** F2 answer, F4 hang up, F8 mute, F9 hold and retrieve; they work wherever the cursor is. */
export function useShortcuts(phone: Phone): void {
  const verbs = useMemo(
    () => ({ F2: phone.answer, F4: phone.hangUp, F8: phone.mute, F9: phone.hold }),
    [phone.answer, phone.hangUp, phone.mute, phone.hold],
  );
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const key = shortcutOf(event);
      if (!key) return;
      event.preventDefault();
      verbs[key]();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [verbs]);
}

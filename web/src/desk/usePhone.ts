import { failureText, MicrophoneError } from '@rexian/softphone';
import { App } from 'antd';
import { useMemo } from 'react';
import { client } from '../platform/api.ts';
import { useDesk } from './DeskProvider.tsx';
import { deskSession } from './session.ts';
import { type PhoneAction, phoneBar } from './verbs.ts';

/** Verbs that need nothing but the session. */
const plain = {
  hold: client.desk.hold,
  retrieve: client.desk.retrieve,
  transfer_menu: client.desk.transferMenu,
  transfer_survey: client.desk.transferSurvey,
  consult_return: client.desk.consultReturn,
  consult_transfer: client.desk.consultTransfer,
  conference: client.desk.conference,
} as const;
type Plain = keyof typeof plain;
const isPlain = (action: PhoneAction): action is Plain => action in plain;

/** The phone bar and what its buttons do; those that ask for more (a target, keys) are opened by the bar itself. */
export function usePhone() {
  const { desk, own, act } = useDesk();
  const { message } = App.useApp();
  const bar = useMemo(() => phoneBar(desk, own), [desk, own]);

  const answerHere = () =>
    deskSession.answer().catch((error: unknown) => {
      const failure = error instanceof MicrophoneError ? error.failure : 'media';
      void message.error(failureText[failure]);
    });
  const leave = () => {
    const call = own.call.state;
    // A ringing call is refused by the phone itself; a talk is ended by the server, which then knows who ended it.
    if (call === 'ringing' || call === 'answering') return deskSession.phone?.hangUp();
    if (bar.hang_up.action === 'reject') return void act((sessionId) => client.desk.reject({ sessionId }));
    void act((sessionId) => client.desk.hangUp({ sessionId })).then((done) => {
      if (!done) deskSession.phone?.hangUp();
    });
  };
  const mute = (muted: boolean) => {
    // The microphone at hand is off at once, whatever the way to the server takes.
    deskSession.phone?.mute(muted);
    void act((sessionId) => (muted ? client.desk.mute({ sessionId }) : client.desk.unmute({ sessionId })));
  };

  const run = (action: PhoneAction): void => {
    if (isPlain(action)) return void act((sessionId) => plain[action]({ sessionId }));
    switch (action) {
      case 'answer':
        if (own.phoneKind === 'browser') void answerHere();
        else void act((sessionId) => client.desk.answer({ sessionId }));
        return;
      case 'reject':
      case 'hang_up':
        leave();
        return;
      case 'mute':
      case 'unmute':
        mute(action === 'mute');
    }
  };
  return { bar, run };
}

import { useEffect, useState } from 'react';
import { Handset } from './DialForm.tsx';
import { Keypad } from './Keypad.tsx';
import { LineMeter } from './LineMeter.tsx';
import type { TrialCall, TrialState } from './trialCall.ts';
import { callWords, clock } from './words.ts';

type Props = { trial: TrialCall; state: TrialState; number: string; name: string };

export function CallScreen({ trial, state, number, name }: Props) {
  const { call } = state;
  const talking = call.state === 'talking';
  const muted = talking && call.muted;
  return (
    <div className="call">
      <div className="call-head">
        <p role="status">{callWords(call, state.opening)}</p>
        <strong>{number}</strong>
        <span>{name}</span>
        <time>{talking ? <Ticking since={call.since} /> : '\u00a0'}</time>
      </div>
      <Keypad enabled={talking} onKey={(key) => trial.sendKey(key)} />
      {talking && <LineMeter trial={trial} />}
      <div className="call-buttons">
        <button
          type="button"
          className="mute"
          disabled={!talking}
          aria-pressed={muted}
          onClick={() => trial.mute(!muted)}
        >
          {muted ? '取消静音' : '静音'}
        </button>
        <button type="button" className="hang-up" onClick={() => trial.hangUp()}>
          <Handset /> 挂机
        </button>
      </div>
    </div>
  );
}

function Ticking({ since }: { since: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return clock(now - since);
}

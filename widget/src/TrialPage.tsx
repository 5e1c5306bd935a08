import { isActive } from '@rexian/softphone';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { CallScreen } from './CallScreen.tsx';
import { DialForm } from './DialForm.tsx';
import { TrialCall } from './trialCall.ts';

const trial = new TrialCall();

export function TrialPage() {
  const state = useSyncExternalStore(trial.subscribe, trial.get);
  const [dialled, setDialled] = useState('');
  const active = state.opening || isActive(state.call);
  useEffect(() => {
    void trial.load();
    const leave = () => trial.hangUp();
    addEventListener('pagehide', leave);
    return () => removeEventListener('pagehide', leave);
  }, []);
  const name = state.numbers?.find((each) => each.number === dialled)?.name ?? '';
  return (
    <main>
      <header>
        <h1>来电体验</h1>
        <p>用浏览器拨打热线，无需电话</p>
      </header>
      <section className="phone" data-call={state.opening ? 'opening' : state.call.state}>
        {state.error && (
          <p className="error" role="alert">
            {state.error}
            {!state.numbers && (
              <button type="button" onClick={() => void trial.load()}>
                重试
              </button>
            )}
          </p>
        )}
        {state.problem === 'sound_blocked' && (
          <button type="button" className="notice" onClick={() => trial.unlockSound()}>
            浏览器暂未允许播放声音，点击此处开启
          </button>
        )}
        {state.problem === 'microphone_lost' && <p className="error">麦克风已断开，请插好后重拨</p>}
        {active ? (
          <CallScreen trial={trial} state={state} number={dialled} name={name} />
        ) : (
          <DialForm
            state={state}
            onDial={(number, callerNumber) => {
              setDialled(number);
              void trial.dial(number, callerNumber);
            }}
          />
        )}
      </section>
      <footer>首次拨打时，请在浏览器的提示中允许使用麦克风。通话可能被录音。</footer>
    </main>
  );
}

import { type FormEvent, useState } from 'react';
import type { TrialState } from './trialCall.ts';
import { callerNumberError, callWords, clock } from './words.ts';

const CALLER_KEY = 'rexian.trial.caller';

type Props = { state: TrialState; onDial(number: string, callerNumber: string): void };

export function DialForm({ state, onDial }: Props) {
  const numbers = state.numbers ?? [];
  const [number, setNumber] = useState<string | null>(null);
  const [caller, setCaller] = useState(() => localStorage.getItem(CALLER_KEY) ?? '');
  const chosen = number ?? numbers[0]?.number ?? '';
  const callerError = callerNumberError(caller);
  const dial = (event: FormEvent) => {
    event.preventDefault();
    if (!chosen || callerError) return;
    localStorage.setItem(CALLER_KEY, caller);
    onDial(chosen, caller);
  };
  return (
    <form onSubmit={dial}>
      <LastCall state={state} />
      <fieldset>
        <legend>拨打号码</legend>
        {state.numbers === null && !state.error && <p className="muted">正在读取号码…</p>}
        {state.numbers?.length === 0 && <p className="muted">暂无可拨打的号码，请联系管理员</p>}
        {numbers.map((each) => (
          <label key={each.number} className="choice">
            <input
              type="radio"
              name="number"
              value={each.number}
              checked={each.number === chosen}
              onChange={() => setNumber(each.number)}
            />
            <b>{each.number}</b>
            <span>{each.name}</span>
          </label>
        ))}
      </fieldset>
      <label className="caller">
        <span>
          主叫号码 <small>选填，坐席会看到此号码</small>
        </span>
        <input
          inputMode="numeric"
          autoComplete="off"
          maxLength={15}
          placeholder={state.callerNumber}
          value={caller}
          aria-invalid={callerError !== null}
          onChange={(event) => setCaller(event.target.value.trim())}
        />
        {callerError && <small className="field-error">{callerError}</small>}
      </label>
      <button type="submit" className="dial" disabled={!chosen || callerError !== null}>
        <Handset /> 拨打
      </button>
    </form>
  );
}

/** How the call before ended, until the next one. */
function LastCall({ state }: { state: TrialState }) {
  if (state.call.state !== 'ended' || state.call.failure) return null;
  return (
    <p className="last" role="status">
      {callWords(state.call, false)}
      {state.lastTalkMs > 0 && <span>通话 {clock(state.lastTalkMs)}</span>}
    </p>
  );
}

export function Handset() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className="handset">
      <path
        fill="currentColor"
        d="M6.6 10.8a15.1 15.1 0 0 0 6.6 6.6l2.2-2.2a1 1 0 0 1 1-.25 11.4 11.4 0 0 0 3.6.57 1 1 0 0 1 1 1V20a1 1 0 0 1-1 1A17 17 0 0 1 3 4a1 1 0 0 1 1-1h3.5a1 1 0 0 1 1 1c0 1.25.2 2.45.57 3.57a1 1 0 0 1-.25 1z"
      />
    </svg>
  );
}

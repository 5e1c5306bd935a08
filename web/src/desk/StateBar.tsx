import { agentState, chosenReason, type Desk, notReadyReason } from '@rexian/contracts';
import { Button, Tooltip } from 'antd';
import { useState } from 'react';
import { client } from '../platform/api.ts';
import { Elapsed } from '../platform/Elapsed.tsx';
import { agentTone } from '../platform/status.ts';
import { useDesk } from './DeskProvider.tsx';
import { NextState } from './NextState.tsx';
import { RestMenu } from './RestMenu.tsx';
import { SignInButton } from './SignInButton.tsx';
import { useTimeLimit } from './useTimeLimit.ts';

type Session = NonNullable<Desk['session']>;

export function StateBar() {
  const { desk, own } = useDesk();
  if (own.phase === 'signed_in' && desk?.session) return <SignedIn session={desk.session} />;
  return (
    <div className="state-bar">
      <div className="state-chip" data-tone={own.phase === 'elsewhere' ? 'fault' : 'quiet'} role="status">
        <b>{own.phase === 'elsewhere' ? '已在别处签入' : own.phase === 'signed_out' ? '未签入' : '正在连接'}</b>
      </div>
      {own.phase === 'elsewhere' && <SignInButton label="在此签入" />}
      {(own.phase === 'signed_out' || own.phase === 'signing_in') && <SignInButton label="签入" />}
    </div>
  );
}

function SignedIn({ session }: { session: Session }) {
  const inCall = session.state !== 'ready' && session.state !== 'not_ready';
  return (
    <div className="state-bar">
      <StateChip session={session} />
      {inCall ? <NextState session={session} /> : <StateButtons session={session} />}
    </div>
  );
}

/** State, reason and clock. A rest with allotted minutes counts down and turns red beyond them. */
function StateChip({ session }: { session: Session }) {
  const limit = useTimeLimit(session.allottedUntil, true);
  return (
    <div
      className="state-chip"
      data-tone={limit?.over ? 'fault' : agentTone[session.state]}
      role="status"
      data-state={session.state}
      data-over={limit?.over || undefined}
    >
      <b>
        {limit?.over && session.reason ? overrunWord(session.reason) : agentState.labels[session.state]}
        {session.reason && <i>{limit?.over ? `已超 ${limit.text}` : notReadyReason.labels[session.reason]}</i>}
      </b>
      <time>
        <Elapsed since={session.since} />
        {limit && !limit.over && <i>剩 {limit.text}</i>}
      </time>
    </div>
  );
}

/** 小休超时, 用餐超时, … */
const overrunWord = (reason: NonNullable<Session['reason']>) => {
  const chosen = chosenReason.schema.safeParse(reason);
  return chosen.success ? `${chosenReason.labels[chosen.data]}超时` : '示忙超时';
};

/** Nobody should wait for calls with a phone that can't take them. */
function useReadyBlockedBy(session: Session): string | null {
  const { own } = useDesk();
  switch (session.phone.kind) {
    case 'browser':
      if (own.registration.state !== 'registered') return '话机未注册，暂不能示闲';
      return own.microphone ? '麦克风不可用，暂不能示闲' : null;
    case 'sip':
      return session.phone.reachable ? null : 'IP 话机未注册，请检查话机后示闲';
    case 'outside':
      return null;
  }
}

type Busy = 'ready' | 'not_ready' | 'sign_out' | null;

function StateButtons({ session }: { session: Session }) {
  const { act, signOut } = useDesk();
  const blocked = useReadyBlockedBy(session);
  const [busy, setBusy] = useState<Busy>(null);
  const run = async (what: Busy, work: () => Promise<unknown>) => {
    setBusy(what);
    await work();
    setBusy(null);
  };
  return (
    <div className="state-buttons">
      <Tooltip title={session.can.ready ? blocked : null}>
        <Button
          className="ready-button"
          disabled={!session.can.ready || blocked !== null}
          loading={busy === 'ready'}
          onClick={() =>
            void run('ready', () => act((sessionId) => client.desk.setState({ sessionId, state: 'ready' })))
          }
        >
          示闲
        </Button>
      </Tooltip>
      <RestMenu
        label="示忙"
        disabled={!session.can.notReady}
        busy={busy === 'not_ready'}
        onChoose={(reason) =>
          void run('not_ready', () =>
            act((sessionId) => client.desk.setState({ sessionId, state: 'not_ready', reason })),
          )
        }
      />
      <Button
        type="text"
        disabled={!session.can.signOut}
        loading={busy === 'sign_out'}
        onClick={() => void run('sign_out', signOut)}
      >
        签出
      </Button>
    </div>
  );
}

import { DownOutlined } from '@ant-design/icons';
import { agentState, chosenReason, type Desk, notReadyReason } from '@rexian/contracts';
import { Button, Dropdown, Tooltip } from 'antd';
import { useState } from 'react';
import { client } from '../platform/api.ts';
import { Elapsed } from '../platform/clock.tsx';
import { agentTone } from '../platform/status.ts';
import { useDesk } from './DeskProvider.tsx';
import { SignInButton } from './SignInButton.tsx';

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
      {own.phase === 'signed_out' && <SignInButton label="签入" />}
      {own.phase === 'signing_in' && <SignInButton label="签入" />}
    </div>
  );
}

function SignedIn({ session }: { session: Session }) {
  const { own } = useDesk();
  const blocked = readyBlockedBy(session, own.registration.state === 'registered', own.microphone !== null);
  return (
    <div className="state-bar">
      <div className="state-chip" data-tone={agentTone[session.state]} role="status" data-state={session.state}>
        <b>
          {agentState.labels[session.state]}
          {session.reason && <i>{notReadyReason.labels[session.reason]}</i>}
        </b>
        <time>
          <Elapsed since={session.since} />
        </time>
      </div>
      <StateButtons session={session} blocked={blocked} />
    </div>
  );
}

/** Nobody should wait for calls with a phone that can't take them. */
function readyBlockedBy(session: Session, registered: boolean, noMicrophone: boolean): string | null {
  if (session.phoneKind !== 'browser') return null;
  if (!registered) return '话机未注册，暂不能示闲';
  return noMicrophone ? '麦克风不可用，暂不能示闲' : null;
}

function StateButtons({ session, blocked }: { session: Session; blocked: string | null }) {
  const { act } = useDesk();
  const [busy, setBusy] = useState<'ready' | 'not_ready' | 'sign_out' | null>(null);
  const run = async (what: NonNullable<typeof busy>, verb: (sessionId: string) => Promise<unknown>) => {
    setBusy(what);
    await act(verb);
    setBusy(null);
  };
  return (
    <div className="state-buttons">
      <Tooltip title={blocked}>
        <Button
          className="ready-button"
          disabled={!session.can.ready || blocked !== null}
          loading={busy === 'ready'}
          onClick={() => void run('ready', (sessionId) => client.desk.setState({ sessionId, state: 'ready' }))}
        >
          示闲
        </Button>
      </Tooltip>
      <Dropdown
        trigger={['click']}
        disabled={!session.can.notReady}
        menu={{
          items: chosenReason.values.map((key) => ({ key, label: chosenReason.labels[key] })),
          onClick: ({ key }) =>
            void run('not_ready', (sessionId) =>
              client.desk.setState({ sessionId, state: 'not_ready', reason: chosenReason.schema.parse(key) }),
            ),
        }}
      >
        <Button loading={busy === 'not_ready'}>
          示忙 <DownOutlined />
        </Button>
      </Dropdown>
      <SignOutButton session={session} />
    </div>
  );
}

function SignOutButton({ session }: { session: Session }) {
  const { signOut } = useDesk();
  const [busy, setBusy] = useState(false);
  return (
    <Button
      type="text"
      disabled={!session.can.signOut}
      loading={busy}
      onClick={async () => {
        setBusy(true);
        await signOut();
        setBusy(false);
      }}
    >
      签出
    </Button>
  );
}

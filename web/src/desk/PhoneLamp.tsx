import { registrationFailureText } from '@rexian/softphone';
import { Button, Popover, Tooltip } from 'antd';
import type { Tone } from '../platform/status.ts';
import { useDesk } from './DeskProvider.tsx';
import { type DeskSessionState, deskSession } from './session.ts';

/** Is the phone registered, and if not: why, and a button to try at once. */
export function PhoneLamp() {
  const { own } = useDesk();
  if (own.phase !== 'signed_in') return null;
  if (own.phoneKind === 'sip') return <IpPhone own={own} />;
  const { tone, label, reason, retry } = lamp(own);
  return (
    <div className="phone-lamp">
      <Tooltip title={reason}>
        <span className="tag" data-tone={tone} role="status" data-registration={own.registration.state}>
          {label}
        </span>
      </Tooltip>
      {retry && (
        <Button size="small" onClick={() => deskSession.phone?.retryRegistration()}>
          重试
        </Button>
      )}
    </div>
  );
}

function lamp(own: DeskSessionState): { tone: Tone; label: string; reason: string | null; retry: boolean } {
  const { registration } = own;
  switch (registration.state) {
    case 'registered':
      return { tone: 'ready', label: '话机已注册', reason: null, retry: false };
    case 'failed': {
      const status = registration.status ? `（${registration.status}）` : '';
      const reason = `${registrationFailureText[registration.failure]}${status}，正在自动重试`;
      return { tone: 'fault', label: '话机未注册', reason, retry: true };
    }
    case 'disconnected':
      return { tone: 'fault', label: '话机未注册', reason: '话机与服务器的连接中断，正在自动重连', retry: true };
    case 'connecting':
    case 'stopped':
      return { tone: 'waiting', label: '话机注册中', reason: null, retry: false };
  }
}

function IpPhone({ own }: { own: DeskSessionState }) {
  const account = own.account;
  if (!account)
    return (
      <span className="tag" data-tone="quiet">
        IP 话机
      </span>
    );
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title="IP 话机注册信息"
      content={
        <dl className="facts">
          <dt>服务器</dt>
          <dd>{account.registrar}</dd>
          <dt>账号</dt>
          <dd>{account.username}</dd>
          <dt>密码</dt>
          <dd>{account.password}</dd>
        </dl>
      }
    >
      <Button size="small">IP 话机</Button>
    </Popover>
  );
}

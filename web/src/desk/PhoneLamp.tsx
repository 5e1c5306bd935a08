import type { Desk } from '@rexian/contracts';
import { registrationFailureText } from '@rexian/softphone';
import { Button, Tooltip } from 'antd';
import { useState } from 'react';
import type { Tone } from '../platform/status.ts';
import { AudioDialog } from './audio/AudioDialog.tsx';
import { useDesk } from './DeskProvider.tsx';
import { type DeskSessionState, deskSession } from './session.ts';

/** Can calls reach the phone, and if not: why, and a button to try at once. Behind a browser phone: headset and test call. */
export function PhoneLamp() {
  const { own, desk } = useDesk();
  const [open, setOpen] = useState(false);
  if (own.phase !== 'signed_in' || !desk?.session) return null;
  const isBrowser = own.phoneKind === 'browser';
  const { tone, label, reason, retry } = isBrowser ? browserLamp(own) : serverLamp(desk.session.phone);
  const lamp = (
    <span
      className="tag"
      data-tone={tone}
      role="status"
      data-registration={isBrowser ? own.registration.state : undefined}
    >
      {label}
    </span>
  );
  return (
    <div className="phone-lamp" data-phone={own.phoneKind}>
      <Tooltip title={reason ?? (isBrowser ? '声音设置与测试通话' : null)}>
        {isBrowser ? (
          <Button type="text" size="small" onClick={() => setOpen(true)} aria-label={`${label}，声音设置`}>
            {lamp}
          </Button>
        ) : (
          lamp
        )}
      </Tooltip>
      {retry && (
        <Button size="small" onClick={() => deskSession.phone?.retryRegistration()}>
          重试
        </Button>
      )}
      <AudioDialog open={open} onClose={() => setOpen(false)} />
    </div>
  );
}

type Lamp = { tone: Tone; label: string; reason: string | null; retry: boolean };

function browserLamp({ registration }: DeskSessionState): Lamp {
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

function serverLamp({ kind, label, reachable }: NonNullable<Desk['session']>['phone']): Lamp {
  if (kind === 'outside')
    return { tone: 'ready', label: `外线 ${label}`, reason: '来电时平台呼叫此号码', retry: false };
  return reachable
    ? { tone: 'ready', label, reason: 'IP 话机已注册', retry: false }
    : { tone: 'fault', label: `${label} 未注册`, reason: '请检查话机的网线、电源和注册信息', retry: false };
}

import { Switch, Tooltip } from 'antd';
import { useState } from 'react';
import { client } from '../platform/api.ts';
import { useDesk } from './DeskProvider.tsx';

/** 自动应答 on and off. An outside phone is answered by whoever holds it. */
export function AutoAnswer() {
  const { desk, own, act } = useDesk();
  const [busy, setBusy] = useState(false);
  const session = desk?.session;
  if (own.phase !== 'signed_in' || !session || session.phone.kind === 'outside') return null;
  const change = async (autoAnswer: boolean) => {
    setBusy(true);
    await act((sessionId) => client.desk.setAutoAnswer({ sessionId, autoAnswer }));
    setBusy(false);
  };
  return (
    <Tooltip title="来电不用按键，直接接通">
      <label className="auto-answer" htmlFor="auto-answer">
        自动应答
        <Switch
          id="auto-answer"
          size="small"
          checked={session.autoAnswer}
          loading={busy}
          onChange={(on) => void change(on)}
        />
      </label>
    </Tooltip>
  );
}

import { attention } from '@rexian/softphone';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { client } from '../platform/api.ts';
import { dateTime } from '../platform/format.ts';
import { useDesk } from './DeskProvider.tsx';
import { pageTones } from './pageTones.ts';

/** A leader's messages, oldest first, one at a time: each stays until it was read. */
export function Messages() {
  const { desk, own, act } = useDesk();
  const messages = own.phase === 'signed_in' ? (desk?.messages ?? []) : [];
  const newest = messages.at(-1)?.id ?? null;
  const heard = useRef<string | null>(null);
  useEffect(() => {
    if (newest && heard.current !== newest) pageTones.once(attention);
    heard.current = newest;
  }, [newest]);
  const [first] = messages;
  if (!first) return null;
  return (
    <div className="leader-message" role="alert">
      <b>{first.from}</b>
      <time className="muted num">{dateTime(first.at)}</time>
      <p>{first.text}</p>
      {messages.length > 1 && <span className="muted">还有 {messages.length - 1} 条</span>}
      <Button size="small" type="primary" onClick={() => void act(() => client.desk.readMessage({ id: first.id }))}>
        已读
      </Button>
    </div>
  );
}

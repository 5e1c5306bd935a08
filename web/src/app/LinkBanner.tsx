import { DisconnectOutlined } from '@ant-design/icons';
import { useEffect, useState } from 'react';
import { realtime } from '../platform/realtime.ts';
import { useStore } from '../platform/store.ts';

/** Short breaks heal unseen; longer ones are told, so that nobody waits before a dead screen. */
const PATIENCE_MS = 2_000;

export function LinkBanner() {
  const link = useStore(realtime.link);
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (link === 'up') return setLate(false);
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [link]);
  if (!late) return null;
  return (
    <div className="link-banner" role="alert">
      <DisconnectOutlined /> 与服务器的连接中断，正在自动重连。通话不受影响，请勿关闭页面。
    </div>
  );
}

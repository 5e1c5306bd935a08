import { type Notice, noticeKind } from '@rexian/contracts';
import { App } from 'antd';
import { useEffect, useRef } from 'react';
import { useRings } from '../desk/DeskProvider.tsx';
import { Tag } from '../platform/Tag.tsx';
import { cameSince } from './cameSince.ts';
import { toneOf } from './tone.ts';
import { useOpenNotice } from './useOpenNotice.ts';
import { useUnread } from './useUnread.ts';

/** What comes while one is there, in the corner away from the phone; while a call rings it waits. */
export function NoticeToasts() {
  const { notification } = App.useApp();
  const unread = useUnread();
  const rings = useRings();
  const open = useOpenNotice();
  const seen = useRef<string | null>(null);
  useEffect(() => {
    if (!unread || rings) return;
    const came = cameSince(seen.current, unread.newest);
    seen.current = came.newest;
    const key = (notice: Notice) => `notice-${notice.id}`;
    const shared = { placement: 'bottomRight', role: 'status', duration: 8, className: 'notice-toast' } as const;
    for (const notice of came.told)
      notification.open({
        ...shared,
        key: key(notice),
        title: <Tag tone={toneOf[notice.kind]}>{noticeKind.labels[notice.kind]}</Tag>,
        description: notice.title,
        onClick: () => {
          notification.destroy(key(notice));
          open(notice);
        },
      });
    if (came.more)
      notification.open({ ...shared, key: 'notice-more', title: '还有更多新通知，请点击右上角的铃铛查看' });
  }, [unread, rings, notification, open]);
  return null;
}

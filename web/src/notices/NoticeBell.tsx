import { BellOutlined } from '@ant-design/icons';
import { NOTICE_COUNT_LIMIT } from '@rexian/contracts';
import { Badge, Button } from 'antd';
import { useState } from 'react';
import { NoticeDrawer } from './NoticeDrawer.tsx';
import { useUnread } from './useUnread.ts';
import './notices.css';

/** How much there is to read, and the way to it. */
export function NoticeBell() {
  const [open, setOpen] = useState(false);
  const count = useUnread()?.count ?? 0;
  const told = count >= NOTICE_COUNT_LIMIT ? `${NOTICE_COUNT_LIMIT} 条以上未读` : `${count} 条未读`;
  return (
    <>
      <Button
        type="text"
        size="small"
        className="notice-bell"
        aria-label={count > 0 ? `通知，${told}` : '通知'}
        aria-expanded={open}
        icon={
          <Badge count={count} size="small" overflowCount={99} title={told}>
            <BellOutlined />
          </Badge>
        }
        onClick={() => setOpen(!open)}
      />
      {open && <NoticeDrawer onClose={() => setOpen(false)} />}
    </>
  );
}

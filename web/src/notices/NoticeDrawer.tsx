import { type Notice, noticeKind } from '@rexian/contracts';
import { Button, Segmented, Spin } from 'antd';
import { useState } from 'react';
import { useAction } from '../forms/useChange.ts';
import { ListFooter } from '../listing/ListFooter.tsx';
import { paged, paging, usePages } from '../listing/usePages.ts';
import { api, client } from '../platform/api.ts';
import { Failed } from '../platform/Failed.tsx';
import { dateTime, fullDateTime } from '../platform/format.ts';
import { PageDrawer } from '../platform/PageDrawer.tsx';
import { Tag } from '../platform/Tag.tsx';
import { toneOf } from './tone.ts';
import { useOpenNotice } from './useOpenNotice.ts';

const shownOptions = [
  { label: '全部', value: 'all' },
  { label: '未读', value: 'unread' },
];

/** 通知, newest first. */
export function NoticeDrawer({ onClose }: { onClose(): void }) {
  const [unread, setUnread] = useState(false);
  const list = usePages(api.notices.list.infiniteOptions({ input: paged({ unread, limit: 30 }), ...paging }));
  const newest = list.rows[0]?.id;
  const readAll = useAction({ run: client.notices.readAll, touches: [api.notices.key()] });
  const open = useOpenNotice();
  const choose = (notice: Notice) => {
    open(notice);
    if (notice.link !== null) onClose();
  };
  return (
    <PageDrawer
      open
      title="通知"
      size={420}
      className="notices"
      onClose={onClose}
      extra={
        <>
          <Segmented
            size="small"
            aria-label="显示"
            options={shownOptions}
            value={unread ? 'unread' : 'all'}
            onChange={(value) => setUnread(value === 'unread')}
          />
          <Button
            size="small"
            disabled={newest === undefined}
            loading={readAll.busy}
            onClick={() => newest && void readAll.act({ newest })}
          >
            全部已读
          </Button>
        </>
      }
    >
      {list.error ? <Failed error={list.error} retry={list.refetch} /> : null}
      {list.isPending && <Spin className="page-spin" />}
      <ul>
        {list.rows.map((notice) => (
          <li key={notice.id}>
            <Item notice={notice} onClick={() => choose(notice)} />
          </li>
        ))}
      </ul>
      {list.isSuccess && list.rows.length === 0 && (
        <p className="muted">{unread ? '没有未读通知' : '最近 90 天没有通知'}</p>
      )}
      <ListFooter
        shown={list.rows.length}
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        onMore={list.fetchNextPage}
      />
    </PageDrawer>
  );
}

function Item({ notice: { kind, title, at, readAt }, onClick }: { notice: Notice; onClick(): void }) {
  return (
    <button type="button" data-unread={readAt === null || undefined} onClick={onClick}>
      <span>
        <Tag tone={toneOf[kind]}>{noticeKind.labels[kind]}</Tag>
        <time className="muted num" title={fullDateTime(at)}>
          {dateTime(at)}
        </time>
      </span>
      {title}
      {readAt === null && <span className="notice-unread">未读</span>}
    </button>
  );
}

/** 通知: what a person is told in the console. Each sees their own only; what is older than 90 days is forgotten. */
import { z } from 'zod';
import { errorCodes, id, limit, page } from './common.ts';
import { route } from './route.ts';
import { noticeKind } from './states/messages.ts';

/** Page of the console, `/orders/…`. */
export const consolePath = z
  .string()
  .max(400)
  .regex(/^\/(?!\/)/);

export const notice = z.object({
  id,
  at: z.date(),
  kind: noticeKind.schema,
  title: z.string(),
  /** The work order it is about. */
  orderId: id.nullable(),
  /** Where to look. */
  link: consolePath.nullable(),
  readAt: z.date().nullable(),
});
export type Notice = z.infer<typeof notice>;

/** Unread ones are counted up to here. */
export const NOTICE_COUNT_LIMIT = 1_000;

const own = { tag: 'notices', by: 'person' } as const;

export const notices = {
  /** Newest first. */
  list: route('signed_in', { method: 'GET', path: '/notices', summary: '通知', ...own })
    .input(z.object({ unread: z.boolean().default(false), cursor: id.optional(), limit: limit(30) }))
    .output(page(notice)),
  /** How many are unread, and the newest of them. */
  unread: route('signed_in', { method: 'GET', path: '/notices/unread', summary: '未读通知', ...own }).output(
    z.object({ count: z.number().int().min(0).max(NOTICE_COUNT_LIMIT), newest: z.array(notice).max(4) }),
  ),
  read: route('signed_in', { method: 'POST', path: '/notices/{id}/read', summary: '通知已读', ...own, trace: 'none' })
    .errors({ NOT_FOUND: errorCodes.NOT_FOUND })
    .input(z.object({ id }))
    .output(z.object({})),
  /** Up to the newest that was seen: what has come since stays unread. */
  readAll: route('signed_in', { method: 'POST', path: '/notices/read', summary: '通知全部已读', ...own, trace: 'none' })
    .input(z.object({ newest: id }))
    .output(z.object({})),
};

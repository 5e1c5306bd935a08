import { viewerApi } from '../platform/api.ts';
import { listNotices, readNotice, readNotices, unreadNotices } from './notices.ts';

/** A page can say of so many what came; of more it says how many. */
const NEWEST = 4;

export function noticeRoutes() {
  const api = viewerApi.notices;
  return {
    list: api.list.handler(({ input, context: { db, viewer } }) => listNotices(db, viewer.id, input)),
    unread: api.unread.handler(({ context: { db, viewer } }) => unreadNotices(db, viewer.id, NEWEST)),
    read: api.read.handler(({ input, context: { db, viewer } }) =>
      db.transaction().execute(async (trx) => {
        await readNotice(trx, viewer.id, input.id);
        return {};
      }),
    ),
    readAll: api.readAll.handler(({ input, context: { db, viewer } }) =>
      db.transaction().execute(async (trx) => {
        await readNotices(trx, viewer.id, input.newest);
        return {};
      }),
    ),
  };
}

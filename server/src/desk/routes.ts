import { permitted } from '../platform/api.ts';
import type { Db } from '../platform/db.ts';
import { readCategories, readDesk } from './queries.ts';
import type { DeskService } from './service.ts';

export function deskRoutes({ db, desk }: { db: Db; desk: DeskService }) {
  const agent = permitted('desk.use').desk;
  return {
    get: agent.get.handler(({ context }) => readDesk(db, context.viewer)),
    categories: agent.categories.handler(({ context }) => readCategories(db, context.viewer)),
    signIn: agent.signIn.handler(({ input, context }) =>
      desk.signIn(context.viewer, input.phoneKind, context.client.address),
    ),
    signOut: agent.signOut.handler(async ({ input, context }) => {
      await desk.signOut(context.viewer, input.sessionId);
      return {};
    }),
    setState: agent.setState.handler(async ({ input, context }) => {
      await desk.setState(context.viewer, input.sessionId, input);
      return {};
    }),
    hold: agent.hold.handler(async ({ input, context }) => {
      await desk.verb(context.viewer, input.sessionId, 'hold');
      return {};
    }),
    retrieve: agent.retrieve.handler(async ({ input, context }) => {
      await desk.verb(context.viewer, input.sessionId, 'retrieve');
      return {};
    }),
    hangUp: agent.hangUp.handler(async ({ input, context }) => {
      await desk.verb(context.viewer, input.sessionId, 'hang_up');
      return {};
    }),
    wrapUp: agent.wrapUp.handler(async ({ input, context }) => {
      await desk.wrapUp(context.viewer, input);
      return {};
    }),
  };
}

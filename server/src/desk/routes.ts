import { deskApi } from '../platform/api.ts';
import type { Vault } from '../platform/vault.ts';
import { readCategories, readDesk } from './queries.ts';
import type { DeskService } from './service.ts';

export function deskRoutes({ desk, vault }: { desk: DeskService; vault: Vault }) {
  const agent = deskApi.desk;
  return {
    get: agent.get.handler(({ context }) => readDesk(context, vault)),
    categories: agent.categories.handler(({ context }) => readCategories(context)),
    signIn: agent.signIn.handler(({ input, context }) => desk.signIn(context, input.phoneKind, context.audit)),
    signOut: agent.signOut.handler(async ({ input, context }) => {
      await desk.signOut(context, input.sessionId);
      return {};
    }),
    setState: agent.setState.handler(async ({ input, context }) => {
      await desk.setState(context, input.sessionId, input);
      return {};
    }),
    hold: agent.hold.handler(async ({ input, context }) => {
      await desk.verb(context, input.sessionId, 'hold');
      return {};
    }),
    retrieve: agent.retrieve.handler(async ({ input, context }) => {
      await desk.verb(context, input.sessionId, 'retrieve');
      return {};
    }),
    hangUp: agent.hangUp.handler(async ({ input, context }) => {
      await desk.verb(context, input.sessionId, 'hang_up');
      return {};
    }),
    wrapUp: agent.wrapUp.handler(async ({ input, context }) => {
      await desk.wrapUp(context, input);
      return {};
    }),
  };
}

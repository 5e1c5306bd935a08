/** Routes of the own password and sessions. */
import { viewerApi } from '../platform/api.ts';
import { refusal } from '../platform/errors.ts';
import { sendHint } from '../platform/hints.ts';
import { clearedCookie } from './cookies.ts';
import type { AuthDeps } from './deps.ts';
import { acceptedHash, replacePassword } from './password-change.ts';
import { endWebSessions, listWebSessions } from './sessions.ts';
import { personSubject } from './sign-in.ts';

export function accountRoutes({ signIn, viewers, security }: AuthDeps) {
  return {
    policy: viewerApi.auth.policy.handler(async () => (await security.get()).password),
    changePassword: viewerApi.auth.changePassword.handler(async ({ input, context }) => {
      const { viewer, caller, store, sessionToken } = context;
      const person = await signIn.confirmPassword(viewer.id, input.current, context);
      const change = { ...person, personId: person.id, passwordHash: person.passwordHash ?? '', ...input };
      const hash = await acceptedHash(store.system, security, change);
      await store.system.transaction().execute(async (trx) => {
        await replacePassword(trx, change, hash);
        const ended = await endWebSessions(trx, { personId: viewer.id, exceptId: caller.sessionId });
        await sendHint(trx, { topic: 'viewer', personId: viewer.id });
        await context.audit(
          {
            action: 'password_changed',
            subject: personSubject(viewer),
            unitId: viewer.unit.id,
            after: { sessionsEnded: ended },
          },
          trx,
        );
      });
      const next = sessionToken ? await viewers.ofSession(sessionToken) : null;
      if (!next) throw refusal('UNAUTHORIZED');
      return next.viewer;
    }),
    sessions: viewerApi.auth.sessions.handler(async ({ context: { viewer, caller, store } }) =>
      listWebSessions(store.system, viewer.id, (await security.get()).session, caller.sessionId),
    ),
    endSession: viewerApi.auth.endSession.handler(async ({ input, context }) => {
      const { viewer, caller, store, client } = context;
      await store.system.transaction().execute(async (trx) => {
        const ended = await endWebSessions(trx, { personId: viewer.id, sessionId: input.id });
        if (ended === 0) throw refusal('NOT_FOUND');
        await sendHint(trx, { topic: 'viewer', personId: viewer.id });
        const subject = { ...personSubject(viewer), kind: 'session' as const, id: input.id };
        await context.audit({ action: 'session_ended', subject, unitId: viewer.unit.id }, trx);
      });
      if (input.id === caller.sessionId) context.setCookie(...clearedCookie(client.secure));
      return {};
    }),
  };
}

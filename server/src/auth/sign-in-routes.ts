/** Routes of signing in and out, and of who is signed in. */
import { publicApi, type RequestContext, viewerApi } from '../platform/api.ts';
import { refusal } from '../platform/errors.ts';
import { sendHint } from '../platform/hints.ts';
import { clearedCookie, sessionCookie } from './cookies.ts';
import type { AuthDeps } from './deps.ts';
import { OIDC_START_PATH } from './oidc.ts';
import { endWebSessions } from './sessions.ts';
import { type Entered, personSubject } from './sign-in.ts';

export function signInRoutes({ signIn, viewers, config }: AuthDeps) {
  const done = (context: RequestContext, { token, expiresAt, caller }: Entered) => {
    context.setCookie(...sessionCookie(token, expiresAt, context.client.secure));
    return { step: 'done' as const, viewer: caller.viewer };
  };
  return {
    options: publicApi.auth.options.handler(() => ({
      oidc: config.OIDC_ISSUER ? { name: config.OIDC_NAME, startPath: OIDC_START_PATH } : null,
      trial: config.TRIAL_PASSWORD !== undefined,
    })),
    login: publicApi.auth.login.handler(async ({ input, context }) => {
      const result = await signIn.byPassword(input, context);
      if (!('ticket' in result)) return done(context, result);
      context.nothingChanged();
      return { step: 'code' as const, ticket: result.ticket };
    }),
    loginCode: publicApi.auth.loginCode.handler(async ({ input, context }) =>
      done(context, await signIn.byCode(input, context)),
    ),
    logout: viewerApi.auth.logout.handler(async ({ context }) => {
      const { viewer, caller, store, client } = context;
      if (caller.sessionId) await endWebSessions(store.system, { personId: viewer.id, sessionId: caller.sessionId });
      await sendHint(store.system, { topic: 'viewer', personId: viewer.id });
      await context.audit({ action: 'sign_out', subject: personSubject(viewer), unitId: viewer.unit.id });
      context.setCookie(...clearedCookie(client.secure));
      return {};
    }),
    me: viewerApi.auth.me.handler(({ context }) => context.viewer),
    chooseCentre: viewerApi.auth.chooseCentre.handler(async ({ input, context }) => {
      const { viewer, store, caller, sessionToken } = context;
      const centre = viewer.centres.find(({ id }) => id === input.unitId);
      if (input.unitId !== null && !centre) throw refusal('NOT_FOUND');
      await store.system
        .updateTable('web_sessions')
        .set({ chosen_unit_id: input.unitId })
        .where('id', '=', caller.sessionId)
        .execute();
      await context.audit({
        action: 'centre_chosen',
        subject: { kind: 'unit', id: input.unitId, name: centre?.name ?? '全部中心' },
        unitId: centre?.id ?? viewer.unit.id,
      });
      await sendHint(store.system, { topic: 'viewer', personId: viewer.id });
      const next = sessionToken ? await viewers.ofSession(sessionToken) : null;
      if (!next) throw refusal('UNAUTHORIZED');
      return next.viewer;
    }),
  };
}

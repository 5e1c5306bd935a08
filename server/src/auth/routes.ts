import { publicApi, viewerApi } from '../platform/api.ts';
import { audit } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { checkPassword, closeWebSession, openWebSession, SESSION_COOKIE, viewerOf } from './sessions.ts';

export function authRoutes({ db, secureCookies }: { db: Db; secureCookies: boolean }) {
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: secureCookies } as const;
  return {
    login: publicApi.auth.login.handler(async ({ input, context }) => {
      const { address } = context.client;
      const known = await checkPassword(db, input.login, input.password);
      if (!known) {
        await audit(db, {
          personId: null,
          action: 'login_failed',
          subject: `login:${input.login}`,
          unitPath: null,
          address,
        });
        throw refusal('BAD_CREDENTIALS');
      }
      const { token, expiresAt } = await openWebSession(db, known.personId, context.client);
      const viewer = await viewerOf(db, token);
      if (!viewer) throw refusal('BAD_CREDENTIALS');
      await audit(db, {
        personId: viewer.id,
        action: 'login',
        subject: `person:${viewer.id}`,
        unitPath: viewer.unit.path,
        address,
      });
      context.setCookie(SESSION_COOKIE, token, { ...cookie, expires: expiresAt });
      return viewer;
    }),
    logout: viewerApi.auth.logout.handler(async ({ context }) => {
      const { viewer, client, sessionToken } = context;
      if (sessionToken) await closeWebSession(db, sessionToken);
      await audit(db, {
        personId: viewer.id,
        action: 'logout',
        subject: `person:${viewer.id}`,
        unitPath: viewer.unit.path,
        address: client.address,
      });
      context.setCookie(SESSION_COOKIE, '', { ...cookie, expires: new Date(0) });
      return {};
    }),
    me: viewerApi.auth.me.handler(({ context }) => context.viewer),
  };
}

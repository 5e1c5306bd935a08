import { publicApi, viewerApi } from '../platform/api.ts';
import type { Config } from '../platform/config.ts';
import { refusal } from '../platform/errors.ts';
import { sendHint } from '../platform/hints.ts';
import { clearedCookie, sessionCookie } from './cookies.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { endWebSessions, openWebSession } from './sessions.ts';
import type { SecurityStore } from './settings.ts';
import type { Viewers } from './viewers.ts';

export interface AuthOptions {
  viewers: Viewers;
  security: SecurityStore;
  config: Config;
}

/** Verified when the login doesn't exist, so that the answer takes as long as with a wrong password. */
const absentHash = hashPassword('no such person');

export function authRoutes({ viewers, security }: AuthOptions) {
  return {
    login: publicApi.auth.login.handler(async ({ input, context }) => {
      const db = context.store.system;
      const person = await db
        .selectFrom('people as p')
        .innerJoin('credentials as c', 'c.person_id', 'p.id')
        .select(['p.id', 'p.unit_id', 'p.name', 'p.login', 'p.active', 'c.password_hash'])
        .where('p.login', '=', input.login)
        .executeTakeFirst();
      const right = await verifyPassword(person?.password_hash ?? (await absentHash), input.password);
      if (!person?.active || !right) {
        await context.audit({
          action: 'sign_in_failed',
          subject: { kind: 'person', id: person?.id ?? null, name: input.login },
          unitId: person?.unit_id ?? null,
        });
        throw refusal('BAD_CREDENTIALS');
      }
      const { session } = await security.get();
      const { token, expiresAt } = await openWebSession(db, person.id, context.client, session);
      const caller = await viewers.ofSession(token);
      if (!caller) throw refusal('BAD_CREDENTIALS');
      const { id, login, name } = person;
      await context.audit({
        actor: { kind: 'person', id, login, name },
        action: 'sign_in',
        subject: { kind: 'person', id, name: `${name}（${login}）` },
        unitId: person.unit_id,
      });
      context.setCookie(...sessionCookie(token, expiresAt, context.client.secure));
      return { step: 'done' as const, viewer: caller.viewer };
    }),
    logout: viewerApi.auth.logout.handler(async ({ context }) => {
      const { viewer, caller, store, client } = context;
      if (caller.sessionId) await endWebSessions(store.system, { personId: viewer.id, sessionId: caller.sessionId });
      await context.audit({
        action: 'sign_out',
        subject: { kind: 'person', id: viewer.id, name: `${viewer.name}（${viewer.login}）` },
        unitId: viewer.unit.id,
      });
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

/** The two addresses of single sign-on that browsers come to. Whatever happens, they end on our sign-in page or in the console. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Audit } from '../platform/api.ts';
import { writeAudit } from '../platform/audit.ts';
import { limits } from '../platform/limits.ts';
import type { Logger } from '../platform/log.ts';
import { clearedHandshake, handshakeCookie, handshakeOf, sessionCookie, sessionToken } from './cookies.ts';
import type { AuthOptions } from './deps.ts';
import { personOfIdentity } from './identities.ts';
import { OIDC_CALLBACK_PATH, OIDC_START_PATH, Oidc, type OidcIdentity, OidcRefused } from './oidc.ts';
import { SignIn, strangerSubject, type Visit } from './sign-in.ts';

/** What the sign-in page explains (`/?sso=…`). */
type Failure = 'unknown_person' | 'refused' | 'failed';

const isSecure = (request: FastifyRequest) => request.protocol === 'https';

export function mountOidc(app: FastifyInstance, options: AuthOptions & { log: Logger }): void {
  const { config, store, log } = options;
  const oidc = Oidc.of(config);
  if (!oidc) return;
  const signIn = new SignIn({ ...options, db: store.system });
  const rateLimit = { config: { rateLimit: limits.aPublicRoute } };
  const addressOf = (request: FastifyRequest, path: string) =>
    new URL(path, config.PUBLIC_URL ?? `${request.protocol}://${request.host}`);
  const failed = (reply: FastifyReply, why: Failure) => reply.redirect(`/?sso=${why}`);

  app.get(OIDC_START_PATH, rateLimit, async (request, reply) => {
    try {
      const { url, handshake } = await oidc.begin(addressOf(request, OIDC_CALLBACK_PATH).href);
      reply.setCookie(...handshakeCookie(handshake, isSecure(request)));
      return reply.redirect(url.href);
    } catch (error) {
      log.warn({ error: String(error) }, 'single sign-on could not begin');
      return failed(reply, 'failed');
    }
  });

  app.get(OIDC_CALLBACK_PATH, rateLimit, async (request, reply) => {
    const secure = isSecure(request);
    const visit = visitOf(request, options);
    const handshake = handshakeOf(request.cookies, secure);
    reply.setCookie(...clearedHandshake(secure));
    try {
      if (!handshake) throw new Error('no handshake: too late, or not begun in this browser');
      const identity = await oidc.finish(addressOf(request, request.url), handshake);
      const entered = await enter(identity, visit);
      if (!entered) return failed(reply, 'unknown_person');
      reply.setCookie(...sessionCookie(entered.token, entered.expiresAt, secure));
      return reply.redirect('/');
    } catch (error) {
      const why = error instanceof OidcRefused ? 'refused' : 'failed';
      // The cause may repeat tokens: its words stay out of the log.
      log.warn({ error: error instanceof Error ? error.message : 'unknown' }, 'single sign-on failed');
      await putOnRecord(visit, null, why);
      return failed(reply, why);
    }
  });

  async function enter(identity: OidcIdentity, visit: Visit) {
    const personId = await personOfIdentity(store.system, identity);
    const person = personId ? await signIn.person(personId) : undefined;
    const entered = person?.active ? await signIn.enter(person, 'oidc', visit) : null;
    if (!entered) await putOnRecord(visit, identity.login, 'unknown_person');
    return entered;
  }
}

function visitOf(request: FastifyRequest, { store }: AuthOptions): Visit {
  const audit: Audit = ({ actor, ...entry }, within = store.system) =>
    writeAudit(within, { ...entry, actor: actor ?? null, address: request.ip });
  return {
    client: { address: request.ip, userAgent: request.headers['user-agent'] ?? '' },
    sessionToken: sessionToken(request.cookies, isSecure(request)),
    audit,
  };
}

function putOnRecord({ audit }: Visit, login: string | null, reason: Failure): Promise<void> {
  return audit({
    action: 'sign_in_failed',
    subject: strangerSubject(login),
    unitId: null,
    after: { method: 'oidc', reason },
  });
}

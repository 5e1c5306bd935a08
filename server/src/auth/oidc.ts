/** Single sign-on with OpenID Connect: authorization code with PKCE (RFC 7636), state and nonce, as the security BCP (RFC 9700) wants it. */
import { randomBytes } from 'node:crypto';
import * as client from 'openid-client';
import type { Config } from '../platform/config.ts';
import { derivedSecret } from '../platform/ids.ts';

export const OIDC_START_PATH = '/api/auth/oidc/start';
export const OIDC_CALLBACK_PATH = '/api/auth/oidc/callback';

const TIMEOUT_SECONDS = 5;
/** What the provider says of itself is asked for again after this long. */
const KNOWN_FOR_MS = 3_600_000;
const HANDSHAKE_MS = 10 * 60_000;

/** Who the provider says it is. */
export interface OidcIdentity {
  issuer: string;
  subject: string;
  /** What should be the person's login here; null: the provider doesn't say. */
  login: string | null;
}

/** The person at the provider, or the provider, said no. */
export class OidcRefused extends Error {}

interface Provider {
  issuer: string;
  clientId: string;
  clientSecret: string | undefined;
  loginClaim: string;
  secret: string;
}

/** Nothing is asked of the provider before somebody wants to sign in with it: without it everything else works. */
export class Oidc {
  readonly #provider: Provider;
  #found: { config: Promise<client.Configuration>; at: number } | null = null;

  constructor(provider: Provider) {
    this.#provider = provider;
  }

  /** null: there is no provider. */
  static of(config: Config): Oidc | null {
    const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = config;
    if (!issuer || !clientId) return null;
    return new Oidc({
      issuer,
      clientId,
      clientSecret,
      loginClaim: config.OIDC_LOGIN_CLAIM,
      secret: config.REXIAN_SECRET,
    });
  }

  /** Where to send the browser, and the handshake to keep in a cookie of it meanwhile. */
  async begin(redirectUri: string): Promise<{ url: URL; handshake: string }> {
    const config = await this.#config();
    const handshake = `${Date.now() + HANDSHAKE_MS}.${randomBytes(32).toString('base64url')}`;
    const { verifier, state, nonce } = this.#secretsOf(handshake);
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: 'openid profile',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    return { url, handshake };
  }

  /** Who came back. `callback` is the address the provider sent the browser to. Throws OidcRefused, or whatever else is wrong. */
  async finish(callback: URL, handshake: string): Promise<OidcIdentity> {
    if (!(Number(handshake.split('.')[0]) > Date.now())) throw new Error('the handshake is too old');
    const config = await this.#config();
    const { verifier: pkceCodeVerifier, state: expectedState, nonce: expectedNonce } = this.#secretsOf(handshake);
    const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
    const tokens = await client.authorizationCodeGrant(config, callback, checks).catch((error: unknown) => {
      if (error instanceof client.AuthorizationResponseError) throw new OidcRefused(error.error, { cause: error });
      throw error;
    });
    const claims = tokens.claims();
    if (!claims) throw new Error('the provider sent no id token');
    const login = claims[this.#provider.loginClaim] ?? (await this.#userInfo(config, tokens.access_token, claims.sub));
    return { issuer: claims.iss, subject: claims.sub, login: typeof login === 'string' ? login : null };
  }

  async #userInfo(config: client.Configuration, accessToken: string, subject: string): Promise<unknown> {
    if (!config.serverMetadata().userinfo_endpoint) return null;
    const info = await client.fetchUserInfo(config, accessToken, subject);
    return info[this.#provider.loginClaim];
  }

  /** Nothing to store: whoever has the handshake and our secret knows them. */
  #secretsOf(handshake: string) {
    const secret = (name: string) => derivedSecret(this.#provider.secret, `oidc ${name} ${handshake}`);
    return { verifier: secret('verifier'), state: secret('state'), nonce: secret('nonce') };
  }

  #config(): Promise<client.Configuration> {
    if (this.#found && Date.now() - this.#found.at < KNOWN_FOR_MS) return this.#found.config;
    const found = { config: this.#discover(), at: Date.now() };
    this.#found = found;
    // A provider that is away is asked again the next time.
    found.config.catch(() => {
      if (this.#found === found) this.#found = null;
    });
    return found.config;
  }

  #discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.#provider;
    const url = new URL(issuer);
    // The configuration lets plain HTTP through for this very machine only.
    const execute = url.protocol === 'http:' ? [client.allowInsecureRequests] : [];
    const authentication = clientSecret ? client.ClientSecretBasic(clientSecret) : client.None();
    return client.discovery(url, clientId, undefined, authentication, { execute, timeout: TIMEOUT_SECONDS });
  }
}

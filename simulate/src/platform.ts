/** The platform as its users reach it: the typed API with a log-in's cookie, and the hints that something changed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { SimpleCsrfProtectionLinkPlugin } from '@orpc/client/plugins';
import type { ContractRouterClient } from '@orpc/contract';
import {
  type contract,
  REALTIME_EVENT,
  REALTIME_PATH,
  type RealtimeMessage,
  RPC_PATH,
  realtimeMessage,
} from '@rexian/contracts';
import { io, type Socket } from 'socket.io-client';

export type Api = ContractRouterClient<typeof contract>;

const REQUEST_MS = 15_000;
const LOGIN_LIMIT_MS = 70_000;
const LOGIN_RETRY_MS = 5_000;

/** Nobody answers at the platform's address. */
export class PlatformUnreachable extends Error {}

/** One logged-in person. */
export class PlatformSession {
  readonly api: Api;
  readonly #url: string;
  #cookie = '';
  #socket: Socket | null = null;

  private constructor(url: string) {
    this.#url = url;
    const link = new RPCLink({
      url: `${url}${RPC_PATH}`,
      plugins: [new SimpleCsrfProtectionLinkPlugin()],
      fetch: (request, init) => this.#fetch(request, init),
    });
    this.api = createORPCClient(link);
  }

  /**
   * Logs in. Too many log-ins at once are refused by the platform: `onWait` is told, and it's tried again for 70 s.
   * Throws PlatformUnreachable, or the API's refusal (BAD_CREDENTIALS).
   */
  static async open(url: string, login: string, password: string, onWait?: () => void): Promise<PlatformSession> {
    const session = new PlatformSession(url);
    for (const end = Date.now() + LOGIN_LIMIT_MS; ; await sleep(LOGIN_RETRY_MS)) {
      try {
        await session.api.auth.login({ login, password });
        return session;
      } catch (error) {
        if (!isRefusal(error, 'TOO_MANY_REQUESTS', 'BUSY') || Date.now() > end) throw error;
        onWait?.();
      }
    }
  }

  /** A session that is logged in already: `cookie` is its Cookie header. */
  static resume(url: string, cookie: string): PlatformSession {
    const session = new PlatformSession(url);
    session.#cookie = cookie;
    return session;
  }

  get cookie(): string {
    return this.#cookie;
  }

  /** Calls `onHint` on each message of the platform, and on each new connection, when anything may have been missed. */
  listen(onHint: (message: RealtimeMessage | null) => void): void {
    this.#socket = io(this.#url, {
      path: REALTIME_PATH,
      transports: ['websocket'],
      extraHeaders: { cookie: this.#cookie },
    });
    this.#socket.on('connect', () => onHint(null));
    this.#socket.on(REALTIME_EVENT, (message: unknown) => {
      const parsed = realtimeMessage.safeParse(message);
      if (parsed.success) onHint(parsed.data);
    });
  }

  async close(): Promise<void> {
    this.#socket?.disconnect();
    await this.api.auth.logout({}).catch(() => {});
  }

  async #fetch(request: Request, init: RequestInit | undefined): Promise<Response> {
    if (this.#cookie) request.headers.set('cookie', this.#cookie);
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(REQUEST_MS)]);
    const response = await fetch(request, { ...init, signal }).catch((error: unknown) => {
      throw new PlatformUnreachable(`${this.#url}: ${String(error)}`, { cause: error });
    });
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    if (cookies.length > 0) this.#cookie = cookies.join('; ');
    return response;
  }
}

/** True when the platform refused with this code of the contract. */
export function isRefusal(error: unknown, ...codes: string[]): boolean {
  return error instanceof ORPCError && codes.includes(error.code);
}

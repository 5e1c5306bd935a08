/**
 * The one owner of the ARI wire: typed REST requests with deadlines, and the event stream of one Stasis application.
 * Reconnects by itself; readers learn of a new connection by `connected` and must then re-read what they care for,
 * because Asterisk keeps no events while nobody listens.
 */
import { EventEmitter } from 'node:events';
import { Pool } from 'undici';
import WebSocket from 'ws';
import type { Logger } from '../../platform/log.ts';
import { type AriEvent, type AriOperations, ariRoutes } from './generated/ari.ts';

export type AriOperation = keyof AriOperations;

export interface AriOptions {
  /** `http://user:password@host:port`, without the `/ari` path. */
  url: string;
  /** Name of the Stasis application whose events we get. */
  app: string;
  log: Logger;
  /** Deadline of one REST request in ms. */
  requestTimeoutMs?: number;
  /** Awaited before each request; what it throws is thrown instead. */
  before?: () => Promise<void>;
}

/** Asterisk answered with an error status. */
export class AriError extends Error {
  readonly operation: AriOperation;
  readonly status: number;
  constructor(operation: AriOperation, status: number, message: string) {
    super(`ARI ${operation}: ${status} ${message}`);
    this.operation = operation;
    this.status = status;
  }
}

/** Asterisk did not answer in time, can't be reached, or is still starting. */
export class AriUnavailable extends Error {}

interface AriEvents {
  event: [AriEvent];
  connected: [];
  disconnected: [];
  /** Another connection has our application now; this one is not opened again. */
  replaced: [];
}

const PING_MS = 5_000;

export class Ari extends EventEmitter<AriEvents> {
  readonly #options: AriOptions;
  readonly #pool: Pool;
  readonly #authorization: string;
  readonly #prefix: string;
  #socket: WebSocket | null = null;
  #closed = false;
  #connected = false;
  #lostAt: Date | null = null;
  #retry: NodeJS.Timeout | null = null;

  constructor(options: AriOptions) {
    super();
    this.#options = options;
    const url = new URL(options.url);
    const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    this.#authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
    this.#prefix = `${url.pathname.replace(/\/$/, '')}/ari`;
    const timeout = options.requestTimeoutMs ?? 5_000;
    this.#pool = new Pool(url.origin, {
      connections: 16,
      connectTimeout: timeout,
      headersTimeout: timeout,
      bodyTimeout: timeout,
      keepAliveTimeout: 10_000,
    });
  }

  /** Name of the Stasis application. */
  get app(): string {
    return this.#options.app;
  }

  get isConnected(): boolean {
    return this.#connected;
  }

  /** When the event stream broke last: when Asterisk died, if it did. */
  get lostAt(): Date | null {
    return this.#lostAt;
  }

  /** Opens the event stream; resolves at the first connection, rejects when `deadlineMs` passes without one. */
  async connect(deadlineMs = 15_000): Promise<void> {
    const first = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new AriUnavailable(`no ARI connection in ${deadlineMs} ms`)), deadlineMs);
      this.once('connected', () => {
        clearTimeout(timer);
        resolve();
      });
    });
    this.#open();
    await first;
  }

  /** Sends one operation. Throws AriError (Asterisk refused) or AriUnavailable (no answer in time, or it is starting). */
  async request<O extends AriOperation>(
    operation: O,
    params: AriOperations[O]['params'],
  ): Promise<AriOperations[O]['result']> {
    await this.#options.before?.();
    const route = ariRoutes[operation];
    const values = params as Record<string, unknown>;
    const query = new URLSearchParams();
    for (const name of route.query as readonly string[]) {
      const value = values[name];
      if (value !== undefined) query.set(name, Array.isArray(value) ? value.join(',') : String(value));
    }
    const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
    const bodyName = (route.body as readonly string[])[0];
    const body = bodyName && values[bodyName] !== undefined ? { [bodyName]: values[bodyName] } : undefined;
    const response = await this.#pool
      .request({
        method: route.method,
        path: `${this.#prefix}${path}${query.size > 0 ? `?${query}` : ''}`,
        headers: {
          authorization: this.#authorization,
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      .catch((error: unknown) => {
        throw new AriUnavailable(`ARI ${operation}: ${String(error)}`);
      });
    const text = await response.body.text();
    if (isStarting(response.statusCode, text)) throw new AriUnavailable(`ARI ${operation}: Asterisk is starting`);
    if (response.statusCode >= 400) throw new AriError(operation, response.statusCode, text);
    return (text ? JSON.parse(text) : undefined) as AriOperations[O]['result'];
  }

  /** Like `request`, but a missing channel, bridge or playback, or one that is just leaving, is an answer: null. */
  async attempt<O extends AriOperation>(
    operation: O,
    params: AriOperations[O]['params'],
  ): Promise<AriOperations[O]['result'] | null> {
    try {
      return await this.request(operation, params);
    } catch (error) {
      if (error instanceof AriError && isGone(operation, error)) return null;
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#retry) clearTimeout(this.#retry);
    this.#socket?.terminate();
    if (!this.#pool.destroyed) await this.#pool.destroy();
  }

  /** To open it again would replace the other in turn. */
  #replaced(): void {
    this.#options.log.warn({ app: this.#options.app }, 'another connection has taken the application');
    this.#closed = true;
    this.#socket?.terminate();
    this.emit('replaced');
  }

  #open(): void {
    if (this.#closed) return;
    const url = new URL(this.#options.url);
    const socketUrl = `${url.protocol === 'https:' ? 'wss' : 'ws'}://${url.host}${this.#prefix}/events?app=${encodeURIComponent(this.#options.app)}`;
    const socket = new WebSocket(socketUrl, {
      headers: { authorization: this.#authorization },
      handshakeTimeout: 5_000,
    });
    this.#socket = socket;
    let alive = true;
    const ping = setInterval(() => {
      if (!alive) return socket.terminate();
      alive = false;
      socket.ping();
    }, PING_MS);
    socket.on('pong', () => {
      alive = true;
    });
    socket.on('open', () => {
      this.#connected = true;
      this.#options.log.info({ app: this.#options.app }, 'ARI connected');
      this.emit('connected');
    });
    socket.on('message', (data) => {
      alive = true;
      const event = JSON.parse(String(data)) as AriEvent;
      if (event.type === 'ApplicationReplaced' && socket === this.#socket) this.#replaced();
      this.emit('event', event);
    });
    socket.on('error', (error) => this.#options.log.warn({ error: error.message }, 'ARI socket error'));
    socket.on('close', () => {
      clearInterval(ping);
      if (this.#connected) {
        this.#lostAt = new Date();
        this.emit('disconnected');
      }
      this.#connected = false;
      if (!this.#closed) this.#retry = setTimeout(() => this.#open(), 500);
    });
  }
}

/**
 * 404: it is not there; 409, 412, 422: it is just leaving, which a playback's stop answers with 500 («Could not stop playback»), and
 * a bridge for one of its channels with 400 («Channel not found»).
 */
function isGone(operation: AriOperation, { status, message }: AriError): boolean {
  if ([404, 409, 412, 422].includes(status)) return true;
  if (operation === 'playbacks.stop') return status === 500;
  return status === 400 && message.includes('Channel not found');
}

/** Its web server answers before ARI does: with pages of its own, then with 503. ARI's refusals are JSON. */
const isStarting = (status: number, body: string): boolean =>
  status === 503 || (status === 404 && !body.startsWith('{'));

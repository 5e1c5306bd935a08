import { C, UA, WebSocketInterface } from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { CallOptions, IncomingRTCSessionEvent, OutgoingRTCSessionEvent } from 'jssip/lib/UA';
import { registrationDelay } from './backoff.ts';
import type { Registration, RegistrationFailure } from './states.ts';

export type ConnectionOptions = {
  /** Address of record, `sip:web-1001-5f3c9a1e@rexian`. */
  uri: string;
  username: string;
  password: string;
  /** ws:// or wss:// address of the SIP WebSocket. */
  websocketUrl: string;
  register: boolean;
};

type Listener = {
  registration(registration: Registration): void;
  /** A call comes in; `autoAnswer` when its sender asks for that (Call-Info: …;answer-after=0). */
  incoming(session: RTCSession, autoAnswer: boolean): void;
  /** A call is up: it outlives a lost WebSocket, but not a new user agent. */
  busy(): boolean;
  /** The WebSocket is open, the first time or again. */
  connected(): void;
};

/** Longest wait for the answer to a REGISTER before the page says so; JsSIP itself would wait 32 s. */
const REGISTER_DEADLINE_MS = 6_000;

/**
 * Owns the SIP WebSocket and the registration: connects again by itself, registers again with backoff, and opens a
 * fresh socket when the old one looks open but no longer answers.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #listener: Listener;
  #agent: UA | null = null;
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #deadline: ReturnType<typeof setTimeout> | null = null;
  #registration: Registration = { state: 'stopped' };

  constructor(options: ConnectionOptions, listener: Listener) {
    this.#options = options;
    this.#listener = listener;
  }

  get registration(): Registration {
    return this.#registration;
  }

  start(): void {
    if (this.#agent) return;
    const { uri, username, password, websocketUrl, register } = this.#options;
    const agent = new UA({
      sockets: new WebSocketInterface(websocketUrl),
      uri,
      authorization_user: username,
      password,
      register,
      register_expires: 60,
      // The server watches calls itself; refreshes over a broken WebSocket would only end good calls.
      session_timers: false,
      no_answer_timeout: 120,
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: 8,
      user_agent: 'Rexian softphone',
    });
    this.#agent = agent;
    this.#set({ state: 'connecting' });
    this.#listen(agent);
    globalThis.addEventListener?.('online', this.#online);
    agent.start();
  }

  /** Leaves the server and closes the socket; calls still up are ended. */
  stop(): void {
    this.#discard();
    globalThis.removeEventListener?.('online', this.#online);
    this.#set({ state: 'stopped' });
  }

  /** A fresh socket and a fresh registration now. Ends a call in progress. */
  restart(): void {
    this.#discard();
    this.start();
  }

  /** Tries to register again without touching calls in progress. */
  retry(): void {
    if (this.#registration.state === 'registered') return;
    if (this.#agent?.isConnected()) this.#register();
    else if (!this.#listener.busy()) this.restart();
  }

  /** Sends an INVITE; null when there is no connection. */
  call(target: string, options: CallOptions): RTCSession | null {
    return this.#agent?.isConnected() ? this.#agent.call(target, options) : null;
  }

  #online = () => {
    this.retry();
  };

  #listen(agent: UA): void {
    const current = (handler: () => void) => () => {
      if (this.#agent === agent) handler();
    };
    agent.on(
      'connected',
      current(() => {
        this.#listener.connected();
        if (!this.#options.register) return this.#set({ state: 'registered' });
        this.#set({ state: 'connecting' });
        this.#watch();
      }),
    );
    agent.on(
      'disconnected',
      current(() => {
        this.#clearTimers();
        this.#set({ state: 'disconnected' });
      }),
    );
    agent.on(
      'registered',
      current(() => {
        this.#clearTimers();
        this.#attempt = 0;
        this.#set({ state: 'registered' });
      }),
    );
    agent.on('registrationFailed', (event) => {
      if (this.#agent !== agent || this.#registration.state === 'disconnected') return;
      if (event.cause === C.causes.CONNECTION_ERROR) return this.#failed('network', null);
      if (event.cause === C.causes.REQUEST_TIMEOUT) return this.#failed('timeout', null);
      this.#failed('refused', event.response?.status_code ?? null);
    });
    agent.on('newRTCSession', (event: IncomingRTCSessionEvent | OutgoingRTCSessionEvent) => {
      if (this.#agent !== agent || event.originator !== 'remote') return;
      const callInfo = (event as IncomingRTCSessionEvent).request.getHeader('Call-Info') ?? '';
      this.#listener.incoming(event.session, /;\s*answer-after=0\b/.test(callInfo));
    });
  }

  #failed(failure: RegistrationFailure, status: number | null): void {
    this.#clearTimers();
    this.#set({ state: 'failed', failure, status });
    this.#retry = setTimeout(
      () => {
        // No answer at all usually means a dead socket: only a new one helps.
        if (failure === 'refused' || this.#listener.busy()) this.#register();
        else this.restart();
      },
      registrationDelay(this.#attempt++),
    );
  }

  #register(): void {
    this.#clearTimers();
    this.#agent?.register();
    this.#watch();
  }

  #watch(): void {
    this.#clearTimers();
    this.#deadline = setTimeout(() => this.#failed('timeout', null), REGISTER_DEADLINE_MS);
  }

  #discard(): void {
    this.#clearTimers();
    const agent = this.#agent;
    this.#agent = null;
    agent?.stop();
  }

  #clearTimers(): void {
    if (this.#retry !== null) clearTimeout(this.#retry);
    if (this.#deadline !== null) clearTimeout(this.#deadline);
    this.#retry = null;
    this.#deadline = null;
  }

  #set(registration: Registration): void {
    this.#registration = registration;
    this.#listener.registration(registration);
  }
}

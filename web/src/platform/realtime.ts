import { DESK_EVENT, REALTIME_EVENT, REALTIME_PATH, type RealtimeMessage, realtimeMessage } from '@rexian/contracts';
import { io, type Socket } from 'socket.io-client';
import { Store } from './store.ts';

export type Link = 'connecting' | 'up' | 'down';

/** One socket for the page. Messages only say what changed: the reader fetches the new state. */
class Realtime {
  readonly link = new Store<Link>('connecting');
  readonly #messages = new Set<(message: RealtimeMessage) => void>();
  readonly #connects = new Set<() => void>();
  #socket: Socket | null = null;
  #desk: string | null = null;

  connect(): void {
    if (this.#socket) return;
    const socket = io({
      path: REALTIME_PATH,
      transports: ['websocket', 'polling'],
      reconnectionDelay: 500,
      reconnectionDelayMax: 4_000,
      timeout: 8_000,
    });
    this.#socket = socket;
    this.link.set('connecting');
    socket.on('connect', () => {
      this.link.set('up');
      if (this.#desk) socket.emit(DESK_EVENT, this.#desk);
      for (const each of this.#connects) each();
    });
    socket.on('disconnect', (reason) => {
      this.link.set('down');
      // The server closed it (restart, expired session): Socket.IO does not come back by itself then.
      if (reason === 'io server disconnect') setTimeout(() => socket === this.#socket && socket.connect(), 1_000);
    });
    socket.on('connect_error', () => this.link.set('down'));
    socket.on(REALTIME_EVENT, (payload: unknown) => {
      const message = realtimeMessage.safeParse(payload);
      if (message.success) for (const each of this.#messages) each(message.data);
    });
  }

  disconnect(): void {
    this.#socket?.disconnect();
    this.#socket = null;
    this.link.set('connecting');
  }

  /** Tells the server which desk session this page owns: the agent counts as present while the socket lives. */
  announceDesk(sessionId: string | null): void {
    if (sessionId === this.#desk) return;
    this.#desk = sessionId;
    if (this.#socket?.connected) this.#socket.emit(DESK_EVENT, sessionId);
  }

  onMessage(listener: (message: RealtimeMessage) => void): () => void {
    this.#messages.add(listener);
    return () => this.#messages.delete(listener);
  }

  /** After every connect, the first included: what was missed has to be fetched again. */
  onConnect(listener: () => void): () => void {
    this.#connects.add(listener);
    return () => this.#connects.delete(listener);
  }
}

export const realtime = new Realtime();

/** Tells browsers what changed: hints from PostgreSQL become Socket.IO messages in the rooms of those who may know. */
import type { Server as HttpServer } from 'node:http';
import { REALTIME_EVENT, REALTIME_PATH, type RealtimeMessage, type Viewer } from '@rexian/contracts';
import { Server } from 'socket.io';
import type { Hint, HintListener } from './hints.ts';
import type { Logger } from './log.ts';

export interface RealtimeOptions {
  server: HttpServer;
  hints: HintListener;
  log: Logger;
  /** Who a Cookie header belongs to. */
  viewerOf(cookieHeader: string): Promise<Viewer | null>;
}

/** The monitor refetches on this beat at most, however much happens. */
const MONITOR_MS = 500;

export class Realtime {
  readonly #io: Server;
  readonly #monitorDue = new Set<string>();
  readonly #timer: NodeJS.Timeout;

  constructor({ server, hints, log, viewerOf }: RealtimeOptions) {
    this.#io = new Server(server, {
      path: REALTIME_PATH,
      serveClient: false,
      pingInterval: 10_000,
      pingTimeout: 5_000,
    });
    this.#io.use((socket, next) => {
      viewerOf(socket.handshake.headers.cookie ?? '').then((viewer) => {
        if (!viewer) return next(new Error('UNAUTHORIZED'));
        void socket.join(rooms(viewer));
        return next();
      }, next);
    });
    this.#io.on('connection', (socket) => {
      socket.on('error', (error) => log.warn({ error: error.message }, 'socket failed'));
    });
    hints.onHint((hint) => this.#spread(hint));
    // Hints were lost while the connection was down: everyone looks again.
    hints.onGap(() => this.#io.emit(REALTIME_EVENT, { topic: 'monitor' } satisfies RealtimeMessage));
    this.#timer = setInterval(() => this.#flushMonitor(), MONITOR_MS);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#io.close();
  }

  /** Tells one person. */
  tell(personId: string, message: RealtimeMessage): void {
    this.#send(`person:${personId}`, message);
  }

  #spread(hint: Hint): void {
    if (hint.topic === 'desk') {
      this.#send(`person:${hint.personId}`, { topic: 'desk', sessionId: hint.sessionId });
      this.#monitorDue.add('desk');
    } else if (hint.topic === 'contact') {
      this.#send(ancestors(hint.unitPath), { topic: 'contact', contactId: hint.contactId });
      for (const room of ancestors(hint.unitPath)) this.#monitorDue.add(room);
    }
  }

  #flushMonitor(): void {
    if (this.#monitorDue.size === 0) return;
    const units = [...this.#monitorDue].filter((room) => room !== 'desk');
    const everyone = this.#monitorDue.has('desk');
    this.#monitorDue.clear();
    if (everyone) this.#send('monitors', { topic: 'monitor' });
    else this.#send(units, { topic: 'monitor' });
  }

  #send(room: string | string[], message: RealtimeMessage): void {
    this.#io.to(room).emit(REALTIME_EVENT, message);
  }
}

/** A viewer hears of their own desk, and, where they may read, of their unit and below. */
function rooms(viewer: Viewer): string[] {
  const own = [`person:${viewer.id}`];
  if (viewer.permissions.includes('contacts.read')) own.push(`unit:${viewer.unit.path}`);
  if (viewer.permissions.includes('monitor.read')) own.push('monitors');
  return own;
}

/** The rooms of a unit and of all above it. */
function ancestors(path: string): string[] {
  const labels = path.split('.');
  return labels.map((_, index) => `unit:${labels.slice(0, index + 1).join('.')}`);
}

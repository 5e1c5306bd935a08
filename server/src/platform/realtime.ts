/** Tells browsers what changed: hints from PostgreSQL become Socket.IO messages in the rooms of those who may know. */
import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { DESK_EVENT, REALTIME_EVENT, REALTIME_PATH, type RealtimeMessage } from '@rexian/contracts';
import { type RemoteSocket, Server, type Socket } from 'socket.io';
import { z } from 'zod';
import { type Caller, sharedScope } from './api.ts';
import type { Hint, HintListener } from './hints.ts';
import type { Logger } from './log.ts';

export interface RealtimeOptions {
  server: HttpServer;
  hints: HintListener;
  log: Logger;
  /** Who a Cookie header belongs to. */
  callerOf(cookieHeader: string): Promise<Caller | null>;
}

/** A page that owns a desk session. */
export interface PresentDesk {
  sessionId: string;
  personId: string;
  /** When the page was last heard of (ms). */
  heardAt: number;
}

const PERSON = 'person:';
/** The monitor refetches on this beat at most, however much happens. */
const MONITOR_MS = 500;

type AnySocket = Pick<Socket, 'handshake' | 'rooms' | 'join' | 'leave'> | RemoteSocket<Record<string, never>, unknown>;

export class Realtime {
  readonly #io: Server;
  readonly #options: RealtimeOptions;
  readonly #monitorDue = new Set<string>();
  readonly #desks = new Map<string, PresentDesk>();
  #onDesk: () => void = () => undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(options: RealtimeOptions) {
    this.#options = options;
    const { server, hints, log } = options;
    this.#io = new Server(server, {
      path: REALTIME_PATH,
      serveClient: false,
      // A closed laptop is noticed by these.
      pingInterval: 3_000,
      pingTimeout: 4_000,
      // Browsers listen and say which desk is theirs: whatever is larger than a handshake is not ours.
      maxHttpBufferSize: 10_000,
      allowRequest: (request, decide) => decide(null, isFromOurPages(request)),
    });
    this.#io.use((socket, next) => {
      this.#roomsOf(socket).then((rooms) => {
        if (!rooms) return next(new Error('UNAUTHORIZED'));
        void socket.join(rooms);
        return next();
      }, next);
    });
    this.#io.on('connection', (socket) => {
      socket.on('error', (error) => log.warn({ error: error.message }, 'socket failed'));
      this.#watchDesk(socket);
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

  /** The pages that own a desk session, as far as they are connected to this process. */
  presentDesks(): PresentDesk[] {
    return [...this.#desks.values()];
  }

  /** Calls back when a page has come to own a desk session. */
  onDesk(handler: () => void): void {
    this.#onDesk = handler;
  }

  #watchDesk(socket: Socket): void {
    socket.on(DESK_EVENT, (told: unknown) => {
      const personId = [...socket.rooms].find((room) => room.startsWith(PERSON))?.slice(PERSON.length);
      const session = z.uuid().safeParse(told);
      if (!session.success || !personId) return this.#desks.delete(socket.id);
      this.#desks.set(socket.id, { sessionId: session.data, personId, heardAt: Date.now() });
      return this.#onDesk();
    });
    // Every packet, above all the answers to pings: a dead connection looks open for a while.
    socket.conn.on('packet', () => {
      const desk = this.#desks.get(socket.id);
      if (desk) desk.heardAt = Date.now();
    });
    socket.on('disconnect', () => this.#desks.delete(socket.id));
  }

  #spread(hint: Hint): void {
    if (hint.topic === 'desk') {
      this.#send(`person:${hint.personId}`, { topic: 'desk', sessionId: hint.sessionId });
      this.#monitorDue.add('desk');
    } else if (hint.topic === 'contact') {
      const rooms = this.#scopeRooms('contacts', hint.unitPath);
      if (rooms.length > 0) this.#send(rooms, { topic: 'contact', contactId: hint.contactId });
      for (const room of this.#scopeRooms('monitor', hint.unitPath)) this.#monitorDue.add(room);
    } else if (hint.topic === 'work_orders') {
      const rooms = this.#scopeRooms('work_orders', hint.unitPath);
      if (rooms.length > 0) this.#send(rooms, { topic: 'work_orders' });
    } else if (hint.topic === 'flow') {
      const rooms = this.#scopeRooms('settings', hint.unitPath);
      if (rooms.length > 0) this.#send(rooms, { topic: 'flow', flowId: hint.flowId });
    } else if (hint.topic === 'workflow') {
      const rooms = this.#scopeRooms('settings', hint.unitPath);
      if (rooms.length > 0) this.#send(rooms, { topic: 'workflow' });
    } else if (hint.topic === 'message') this.#send(`person:${hint.personId}`, { topic: 'message' });
    else if (hint.topic === 'notice') this.#send(`person:${hint.personId}`, { topic: 'notice' });
    else if (hint.topic === 'units') this.#renew('everyone');
    else if (hint.topic === 'viewer') this.#renew(`person:${hint.personId}`);
  }

  /** Works out anew what the sockets of a room may hear; those of ended sessions are cut. */
  #renew(room: string): void {
    const { log } = this.#options;
    const each = async (socket: AnySocket & { disconnect(close?: boolean): unknown }) => {
      const rooms = await this.#roomsOf(socket);
      for (const left of [...socket.rooms].filter((name) => name.includes(':') && !rooms?.includes(name)))
        socket.leave(left);
      if (rooms) socket.join(rooms);
      else setTimeout(() => socket.disconnect(true), 200);
    };
    this.#send(room, { topic: 'viewer' });
    this.#io
      .in(room)
      .fetchSockets()
      .then((sockets) => Promise.all(sockets.map((socket) => each(socket as never))))
      .catch((error) => log.warn({ error: String(error) }, 'rooms not renewed'));
  }

  #flushMonitor(): void {
    if (this.#monitorDue.size === 0) return;
    const rooms = this.#monitorDue.has('desk') ? ['monitors:all'] : [...this.#monitorDue];
    this.#monitorDue.clear();
    this.#send(rooms, { topic: 'monitor' });
  }

  #send(room: string | string[], message: RealtimeMessage): void {
    this.#io.to(room).emit(REALTIME_EVENT, message);
  }

  /** Rooms of the scopes that reach a unit. There are as many as different scopes are looking, few. */
  #scopeRooms(what: string, unitPath: string): string[] {
    const prefix = `${what}:`;
    return [...this.#io.of('/').adapter.rooms.keys()].filter(
      (room) =>
        room.startsWith(prefix) &&
        room
          .slice(prefix.length)
          .split(',')
          .some((pattern) => reaches(pattern, unitPath)),
    );
  }

  /** A viewer hears of their own desk, and, where they may read, of what lies in their scope; null: nobody. */
  async #roomsOf(socket: Pick<AnySocket, 'handshake'>): Promise<string[] | null> {
    const caller = await this.#options.callerOf(String(socket.handshake.headers.cookie ?? ''));
    if (!caller || caller.viewer.due) return null;
    const { viewer, scope } = caller;
    const rooms = ['everyone', `person:${viewer.id}`];
    const patterns = scope.patterns.join(',');
    if (viewer.permissions.includes('contacts.read') && patterns) rooms.push(`contacts:${patterns}`);
    if (viewer.permissions.includes('work_orders.read'))
      rooms.push(`work_orders:${sharedScope(caller).patterns.join(',')}`);
    if (viewer.permissions.includes('settings.read') && patterns) rooms.push(`settings:${patterns}`);
    if (viewer.permissions.includes('monitor.read')) rooms.push('monitors:all', `monitor:${patterns}`);
    return rooms;
  }
}

/**
 * Browsers send cookies with a socket that a page of a sibling site opens (`SameSite` takes *.gx.gov.cn for one site), but say which page
 * it was. No page can set the headers it is held against; what isn't a browser names no origin.
 */
function isFromOurPages({ headers }: IncomingMessage): boolean {
  const { origin, host, 'x-forwarded-host': forwarded } = headers;
  if (!origin) return true;
  const hosts = [host, ...String(forwarded ?? '').split(',')].map((each) => each?.trim());
  return URL.canParse(origin) && hosts.includes(new URL(origin).host);
}

/** Our two kinds of patterns: `gx.nanning` and `gx.nanning.*`. */
function reaches(pattern: string, path: string): boolean {
  if (!pattern.endsWith('.*')) return pattern === path;
  const top = pattern.slice(0, -2);
  return path === top || path.startsWith(`${top}.`);
}

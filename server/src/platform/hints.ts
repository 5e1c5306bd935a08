/**
 * Hints between processes: NOTIFY on one channel. A hint says that something changed, never what it is now: readers re-read,
 * and everything still works, only slower, when a hint is lost.
 */
import { sql } from 'kysely';
import pg from 'pg';
import { z } from 'zod';
import type { Queryable } from './db.ts';
import type { Logger } from './log.ts';

const hint = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('routing') }),
  z.object({ topic: z.literal('desk'), personId: z.string(), sessionId: z.string().nullable() }),
  z.object({ topic: z.literal('contact'), contactId: z.string(), unitPath: z.string() }),
  /** A work order of the unit was made or changed. */
  z.object({ topic: z.literal('work_orders'), unitPath: z.string() }),
  /** A flow's draft, versions or open editors changed. */
  z.object({ topic: z.literal('flow'), flowId: z.string(), unitPath: z.string() }),
  /** A workflow, its draft, versions or open editors changed. */
  z.object({ topic: z.literal('workflow'), unitPath: z.string() }),
  /** Articles, answers or words of the thesaurus changed; sent by triggers (migrations/0021_knowledge_uses.ts). */
  z.object({
    topic: z.literal('knowledge'),
    what: z.enum(['articles', 'answers', 'terms']),
    ids: z.array(z.string()),
  }),
  z.object({ topic: z.literal('phone'), personId: z.string() }),
  /** An IP phone of that name was made, changed or removed. */
  z.object({ topic: z.literal('device'), name: z.string() }),
  /** A trunk was made, changed or removed. */
  z.object({ topic: z.literal('trunks') }),
  /** The tree of units changed: scopes have to be worked out anew. */
  z.object({ topic: z.literal('units') }),
  /** What a person may do or see changed, or a session of theirs ended. */
  z.object({ topic: z.literal('viewer'), personId: z.string() }),
  /** A leader wrote to somebody's desk. */
  z.object({ topic: z.literal('message'), personId: z.string() }),
  /** A person was told something, or has read it. */
  z.object({ topic: z.literal('notice'), personId: z.string() }),
  z.object({ topic: z.literal('phone_ready'), owner: z.string() }),
  z.object({ topic: z.literal('command'), commandId: z.string() }),
  z.object({ topic: z.literal('command_done'), commandId: z.string() }),
]);
export type Hint = z.infer<typeof hint>;

const CHANNEL = 'rexian';

/** Sends the hint when the transaction commits. */
export const sendHint = (db: Queryable, value: Hint): Promise<void> => sendHints(db, [value]);

export async function sendHints(db: Queryable, values: readonly Hint[]): Promise<void> {
  const payloads = values.map((value) => JSON.stringify(value));
  await sql`select pg_notify(${CHANNEL}, payload) from unnest(${payloads}::text[]) payload`.execute(db);
}

/** Listens on a connection of its own and opens a new one when it breaks; `onGap` tells that hints may have been missed. */
export class HintListener {
  readonly #url: string;
  readonly #log: Logger;
  readonly #handlers = new Set<(value: Hint) => void>();
  readonly #gapHandlers = new Set<() => void>();
  #client: pg.Client | null = null;
  #retry: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(url: string, log: Logger) {
    this.#url = url;
    this.#log = log;
  }

  onHint(handler: (value: Hint) => void): void {
    this.#handlers.add(handler);
  }

  onGap(handler: () => void): void {
    this.#gapHandlers.add(handler);
  }

  /** Resolves with true when a hint that fits arrives, with false when none did in time. */
  waitFor(fits: (value: Hint) => boolean, deadlineMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const finish = (came: boolean) => {
        clearTimeout(timer);
        this.#handlers.delete(handler);
        resolve(came);
      };
      const handler = (value: Hint) => {
        if (fits(value)) finish(true);
      };
      const timer = setTimeout(() => finish(false), deadlineMs);
      this.#handlers.add(handler);
    });
  }

  async start(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, connectionTimeoutMillis: 10_000, keepAlive: true });
    client.on('notification', (message) => this.#receive(message.payload ?? ''));
    client.on('error', (error) => this.#log.warn({ error: error.message }, 'hint connection failed'));
    // A connection that never came about ends as well, and its start has failed already.
    client.on('end', () => {
      if (client === this.#client) this.#reopen();
    });
    this.#client = client;
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#retry) clearTimeout(this.#retry);
    await this.#client?.end();
  }

  #receive(payload: string): void {
    const parsed = hint.safeParse(JSON.parse(payload));
    if (!parsed.success) {
      this.#log.warn({ payload }, 'unknown hint');
      return;
    }
    for (const handler of this.#handlers) handler(parsed.data);
  }

  #reopen(): void {
    if (this.#closed || this.#retry) return;
    this.#retry = setTimeout(() => {
      this.#retry = null;
      this.start().then(
        () => {
          for (const handler of this.#gapHandlers) handler();
        },
        () => this.#reopen(),
      );
    }, 500);
  }
}

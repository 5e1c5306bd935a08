/** The store as a serving process holds it: the engine's pool, and for every scope a database that shows only what lies in it. */
import type { WorkOrderDesk } from '@rexian/contracts';
import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import type pg from 'pg';
import { type Db, type DbHandle, openDb } from './db.ts';
import type { ServingUrls } from './prepare.ts';
import type { Database } from './schema.ts';

/** What a connection of the web role sees; see protection.ts. */
export interface RowScope {
  /** lquery patterns of unit paths. */
  patterns: readonly string[];
  /** Rows that belong to no unit as well. */
  everything: boolean;
  /** Path of the home unit. */
  home: string;
  personId: string | null;
  /** Desks that the person sits at: confidential work orders are read there. */
  desks?: readonly WorkOrderDesk[];
  /** Nobody in particular: what is shared with the public. */
  public?: boolean;
}

/** What anybody may read, and nothing else. */
export const PUBLIC_SCOPE: RowScope = { patterns: [], everything: false, home: '', personId: null, public: true };

const SETTINGS = `select set_config('app.patterns', $1, false), set_config('app.everything', $2, false),
  set_config('app.home', $3, false), set_config('app.person', $4, false), set_config('app.desks', $5, false),
  set_config('app.public', $6, false)`;
/** Databases kept for scopes seen lately; making one is cheap. */
const KEPT = 500;

export class Store {
  /** Sees everything: calls, jobs, sign-in. Never for what somebody asks for. */
  readonly system: Db;
  readonly systemPool: pg.Pool;
  readonly #handles: DbHandle[];
  readonly #web: pg.Pool;
  readonly #scoped = new Map<string, Db>();
  /** The scope that a connection was set to last. */
  readonly #scopeOf = new WeakMap<pg.PoolClient, string>();

  constructor(urls: ServingUrls, onError: (error: Error) => void) {
    const engine = openDb(urls.engine, { onError });
    const web = openDb(urls.web, { onError });
    this.#handles = [engine, web];
    this.system = engine.db;
    this.systemPool = engine.pool;
    this.#web = web.pool;
  }

  /** A database in which only the rows of `scope` exist. */
  scoped(scope: RowScope): Db {
    const values = [
      scope.patterns.join(','),
      scope.everything ? 'on' : '',
      scope.home,
      scope.personId ?? '',
      scope.desks?.join(',') ?? '',
      scope.public ? 'on' : '',
    ];
    const key = values.join('\n');
    const known = this.#scoped.get(key);
    if (known) return known;
    const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: this.#scopedPool(key, values) }) });
    const [oldest] = this.#scoped.keys();
    if (this.#scoped.size >= KEPT && oldest !== undefined) this.#scoped.delete(oldest);
    this.#scoped.set(key, db);
    return db;
  }

  /** Lends out connections of the web role that have been set to the scope. */
  #scopedPool(key: string, values: string[]): PostgresPool {
    const connect = async () => {
      const client = await this.#web.connect();
      if (this.#scopeOf.get(client) !== key) {
        this.#scopeOf.delete(client);
        try {
          await client.query({ name: 'scope', text: SETTINGS, values });
        } catch (error) {
          client.release(true);
          throw error;
        }
        this.#scopeOf.set(client, key);
      }
      return client;
    };
    // The pool is everyone's: a scope's database never ends it.
    return { connect, end: () => Promise.resolve() } as PostgresPool;
  }

  async close(): Promise<void> {
    for (const handle of this.#handles) await handle.close();
  }
}

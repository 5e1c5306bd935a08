/**
 * The lock behind leadership: PostgreSQL's advisory lock, held by a connection of its own. It ends with the connection, so a killed
 * process frees it at once; the row in `leaders` says who leads and, each second, that they still do.
 */
import { createHash } from 'node:crypto';
import pg from 'pg';

const CONNECT_MS = 1_000;
const QUERY_MS = 1_000;
/** Our class of advisory locks. */
const LOCK_CLASS = 483_712_366;

export interface LockView {
  /** Application name of the connection that holds the lock; null: it is free. */
  lockedBy: string | null;
  holder: string | null;
  beat: string | null;
  storeUpMs: number;
}

/** Application names by which the connections of one leader are told from all others. */
export const lockName = (holder: string) => `rexian lead ${holder}`;
export const voiceName = (holder: string) => `rexian voice ${holder}`;

export class LeaderLock {
  readonly #client: pg.Client;
  readonly #name: string;
  readonly #key: number;
  readonly #holder: string;
  #broken = false;

  private constructor(client: pg.Client, name: string, holder: string) {
    this.#client = client;
    this.#name = name;
    this.#holder = holder;
    this.#key = Number.parseInt(createHash('sha256').update(name).digest('hex').slice(0, 7), 16);
    client.on('error', () => {
      this.#broken = true;
    });
    client.on('end', () => {
      this.#broken = true;
    });
  }

  /** Opens the connection. `name`: what is led; `holder`: who we are. */
  static async open(url: string, name: string, holder: string): Promise<LeaderLock> {
    const client = new pg.Client({
      connectionString: url,
      application_name: lockName(holder),
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: QUERY_MS,
      keepAlive: true,
    });
    const lock = new LeaderLock(client, name, holder);
    try {
      await client.connect();
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    return lock;
  }

  get holder(): string {
    return this.#holder;
  }

  get applicationName(): string {
    return lockName(this.#holder);
  }

  get isBroken(): boolean {
    return this.#broken;
  }

  async look(): Promise<LockView> {
    const { rows } = await this.#client.query<LockView>(
      `select l.holder, l.beat_at::text as beat, k.application_name as "lockedBy",
        (extract(epoch from clock_timestamp() - pg_postmaster_start_time()) * 1000)::float8 as "storeUpMs"
      from (select) here
      left join leaders l on l.name = $1
      left join (
        select a.application_name from pg_locks k join pg_stat_activity a on a.pid = k.pid
        where k.locktype = 'advisory' and k.granted and k.classid = $2 and k.objid = $3 and k.objsubid = 2
          and k.database = (select oid from pg_database where datname = current_database())) k on true`,
      [this.#name, LOCK_CLASS, this.#key],
    );
    const [view] = rows;
    if (!view) throw new Error('no answer about the leader');
    return view;
  }

  /** Takes the lock and says so in the row; false when somebody was faster. */
  async claim(): Promise<boolean> {
    const values = [LOCK_CLASS, this.#key];
    const { rows } = await this.#client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock($1, $2) as taken',
      values,
    );
    if (!rows[0]?.taken) return false;
    await this.#client.query(
      `insert into leaders (name, holder, pid, since, beat_at) values ($1, $2, $3, clock_timestamp(), clock_timestamp())
      on conflict (name) do update set
        holder = excluded.holder, pid = excluded.pid, since = excluded.since, beat_at = excluded.beat_at`,
      [this.#name, this.#holder, process.pid],
    );
    return true;
  }

  /** Says that we still lead; false when somebody else does. */
  async beat(): Promise<boolean> {
    const { rowCount } = await this.#client.query(
      'update leaders set beat_at = clock_timestamp() where name = $1 and holder = $2',
      [this.#name, this.#holder],
    );
    return rowCount === 1;
  }

  /** Ends all connections of another holder: whatever it had begun is rolled back, and its lock is free. */
  async end(holder: string): Promise<void> {
    await this.#client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = any($1) and pid <> pg_backend_pid()`,
      [[lockName(holder), voiceName(holder)]],
    );
  }

  /** Ends a connection that holds the lock, by its application name. */
  async endLock(applicationName: string): Promise<void> {
    await this.#client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()',
      [applicationName],
    );
  }

  /** Says goodbye: nobody has to wait whether we come back. */
  async resign(): Promise<void> {
    await this.#client.query('delete from leaders where name = $1 and holder = $2', [this.#name, this.#holder]);
  }

  /** Frees the lock. */
  async close(): Promise<void> {
    this.#broken = true;
    await this.#client.end().catch(() => undefined);
  }
}

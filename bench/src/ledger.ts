/** What the platform's store says of the calls, read once they have ended. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openNumber } from '@rexian/server/contacts/caller-number.ts';
import type { Vault } from '@rexian/server/platform/vault.ts';
import pg from 'pg';

export interface LedgerCall {
  id: string;
  caller: string;
  state: string;
  endReason: string | null;
  endedBy: string | null;
  queuedAt: number | null;
  /** When the first agent was reserved. */
  offeredAt: number | null;
  connectedAt: number | null;
  talkingMs: number;
  /** Agents who were offered the call. */
  legs: number;
  recordings: { id: string; state: string; durationMs: number | null }[];
}

const CALLS = `
  select c.id, c.caller_sealed as caller, c.state, c.end_reason as "endReason", c.ended_by as "endedBy",
    c.connected_at as "connectedAt", c.talking_ms as "talkingMs",
    (select e.at from contact_events e where e.contact_id = c.id and e.type = 'queued' order by e.sequence limit 1) as "queuedAt",
    (select min(l.offered_at) from contact_legs l where l.contact_id = c.id) as "offeredAt",
    (select count(*)::int from contact_legs l where l.contact_id = c.id) as legs,
    (select coalesce(json_agg(json_build_object('id', r.id, 'state', r.state, 'durationMs', r.duration_ms)), '[]')
      from recordings r where r.contact_id = c.id) as recordings
  from contacts c order by c.arrived_at`;

/** Nodes entered and keys pressed, in order. */
export interface FlowPath {
  nodes: string[];
  inputs: string[];
}

const PATHS = `
  select c.caller_sealed as caller,
    coalesce(json_agg(e.data->>'node' order by e.sequence) filter (where e.type = 'node_entered'), '[]') as nodes,
    coalesce(json_agg(e.data->>'key' order by e.sequence) filter (where e.type = 'key_pressed'), '[]') as inputs
  from contacts c join contact_events e on e.contact_id = c.id group by c.id`;

export class Ledger {
  readonly #client: pg.Pool;
  readonly #vault: Vault;

  private constructor(client: pg.Pool, vault: Vault) {
    this.#client = client;
    this.#vault = vault;
  }

  static async open(databaseUrl: string, vault: Vault): Promise<Ledger> {
    const client = new pg.Pool({ connectionString: databaseUrl, statement_timeout: 30_000, max: 1 });
    // Some benches kill the database: the next question opens a new connection.
    client.on('error', () => undefined);
    await client.query('select 1');
    return new Ledger(client, vault);
  }

  async calls(): Promise<LedgerCall[]> {
    const { rows } = await this.#client.query(CALLS);
    return rows.map((row) => ({
      ...row,
      caller: openNumber(this.#vault, row.caller),
      queuedAt: row.queuedAt?.getTime() ?? null,
      offeredAt: row.offeredAt?.getTime() ?? null,
      connectedAt: row.connectedAt?.getTime() ?? null,
    }));
  }

  /** Each caller's way through their flow. */
  async flowPaths(): Promise<Map<string, FlowPath>> {
    const { rows } = await this.#client.query(PATHS);
    return new Map(rows.map(({ caller, nodes, inputs }) => [openNumber(this.#vault, caller), { nodes, inputs }]));
  }

  /** How many phones the platform sees registered. */
  async registeredPhones(): Promise<number> {
    const sql = 'select count(*)::int as n from agent_sessions where signed_out_at is null and phone_registered';
    return (await this.#client.query(sql)).rows[0].n;
  }

  async talking(): Promise<number> {
    return (await this.#client.query(`select count(*)::int as n from contacts where state = 'talking'`)).rows[0].n;
  }

  /** Calls that a restarted process has adopted. */
  async adopted(): Promise<number> {
    const sql = `select count(distinct contact_id)::int as n from contact_events where type = 'adopted'`;
    return (await this.#client.query(sql)).rows[0].n;
  }

  /** Calls that were adopted, or had ended and are booked. */
  async takenOver(): Promise<number> {
    const sql = `select count(*)::int as n from contacts c where c.state = 'ended'
      or exists (select 1 from contact_events e where e.contact_id = c.id and e.type = 'adopted')`;
    return (await this.#client.query(sql)).rows[0].n;
  }

  /** Waits until every call has ended and every recording is stored or given up; says what is left when time is up. */
  settled(deadlineMs: number): Promise<LedgerCall[]> {
    return this.#until((call) => !isOpen(call), deadlineMs);
  }

  /** The same for the calls alone, whatever became of their recordings. */
  ended(deadlineMs: number): Promise<LedgerCall[]> {
    return this.#until(({ state }) => state === 'ended', deadlineMs);
  }

  async #until(isDone: (call: LedgerCall) => boolean, deadlineMs: number): Promise<LedgerCall[]> {
    for (const end = Date.now() + deadlineMs; ; await sleep(500)) {
      const calls = await this.calls();
      const open = calls.filter((call) => !isDone(call));
      if (open.length === 0 || Date.now() > end) return calls;
    }
  }

  async close(): Promise<void> {
    await this.#client.end();
  }
}

function isOpen({ state, recordings }: LedgerCall): boolean {
  return state !== 'ended' || recordings.some((one) => one.state === 'recording' || one.state === 'pending');
}

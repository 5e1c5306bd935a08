/** Keeps the agents of `bench chaos` at work: whoever an outage has taken out of the queue says that they are ready again. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { DeskAgent } from './desk-agent.ts';

const LOOK_MS = 2_000;
/** States in which an agent is at nobody's call. */
const FREE = ['ready', 'not_ready'];

interface SessionRow {
  id: string;
  login: string;
  state: string;
  reason: string | null;
  signedOut: boolean;
}

export class AgentKeeper {
  readonly #agents: readonly DeskAgent[];
  readonly #pool: pg.Pool;
  readonly #stopping = new AbortController();
  readonly #working: Promise<void>;

  constructor(databaseUrl: string, agents: readonly DeskAgent[]) {
    this.#agents = agents;
    this.#pool = new pg.Pool({ connectionString: databaseUrl, max: 1, connectionTimeoutMillis: 2_000 });
    // The database is killed now and then; the next look opens a new connection.
    this.#pool.on('error', () => undefined);
    this.#working = this.#work();
  }

  /** Agents who are in no call any more and still not free; signed out against their will. Nobody must be, when all is over. */
  async stuck(): Promise<string[]> {
    const rows = await this.#sessions();
    return rows
      .filter(({ state, signedOut }) => signedOut || !FREE.includes(state))
      .map(({ login, state, signedOut }) => `${login} ${signedOut ? 'signed out' : state}`);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#working;
    await this.#pool.end();
  }

  async #work(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#look().catch(() => undefined);
      await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #look(): Promise<void> {
    for (const { id, state } of await this.#sessions()) {
      const agent = this.#agents.find(({ sessionId }) => sessionId === id);
      // Refused while their phone is away, or the API is: the next look tries again.
      if (state === 'not_ready')
        await agent?.api.desk.setState({ sessionId: id, state: 'ready' }).catch(() => undefined);
    }
  }

  async #sessions(): Promise<SessionRow[]> {
    const { rows } = await this.#pool.query<SessionRow>(
      `select s.id, p.login, s.state, s.reason, s.signed_out_at is not null as "signedOut"
      from agent_sessions s join people p on p.id = s.person_id where s.id = any($1)`,
      [this.#agents.map(({ sessionId }) => sessionId)],
    );
    return rows;
  }
}

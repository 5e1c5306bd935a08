/**
 * Agents in a call whose phone is gone. A registration may be lost while the talk goes on (a WebSocket that breaks and comes back), so
 * sound that still arrives counts for more.
 */
import type { AgentState } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Ari } from '../engines/asterisk/ari.ts';
import type { Db } from '../platform/db.ts';

export interface LostPhone {
  sessionId: string;
  contactId: string;
  legId: string;
}

/** Milliseconds that a phone may be away in a call: longer than a page takes to be loaded again and take over. */
const AWAY_MS = 4_000;
const inCall: readonly AgentState[] = ['talking', 'dialling', 'supervising'];

interface Row extends LostPhone {
  channelId: string;
  endpoint: string;
}

export class LostPhones {
  readonly #db: Db;
  readonly #ari: Ari;
  /** Packets heard on a channel when we looked last. */
  #heard = new Map<string, number>();
  readonly #told = new Set<string>();

  constructor(db: Db, ari: Ari) {
    this.#db = db;
    this.#ari = ari;
  }

  /** Those who are lost now, each told once. `away`: endpoint → since when it can't be reached. Call it every other second. */
  async find(away: ReadonlyMap<string, number>): Promise<LostPhone[]> {
    const rows = away.size === 0 ? [] : await this.#talking([...away.keys()]);
    const before = this.#heard;
    this.#heard = new Map();
    const lost: LostPhone[] = [];
    for (const { channelId, endpoint, ...phone } of rows) {
      if (this.#told.has(channelId)) continue;
      const statistics = await this.#ari.attempt('channels.rtpstatistics', { channelId });
      // Without a channel its end is on its way.
      if (!statistics) continue;
      const count = statistics.rxcount;
      this.#heard.set(channelId, count);
      const silent = before.get(channelId) === count;
      if (!silent || Date.now() - (away.get(endpoint) ?? Date.now()) < AWAY_MS) continue;
      this.#told.add(channelId);
      lost.push(phone);
    }
    return lost;
  }

  async #talking(endpoints: string[]): Promise<Row[]> {
    const { rows } = await sql<Row>`
      select s.id as "sessionId", l.id as "legId", l.contact_id as "contactId", l.channel_id as "channelId", e.name as endpoint
      from agent_sessions s join people p on p.id = s.person_id join contact_legs l on l.id = s.leg_id
        left join devices d on d.id = s.device_id,
        lateral (select case when s.phone_kind = 'sip' then d.name
          else 'web-' || p.login || '-' || right(s.owner::text, 8) end as name) e
      where s.signed_out_at is null and s.state = any(${inCall as string[]}) and l.state = 'talking'
        and s.phone_kind <> 'outside' and e.name = any(${endpoints})`.execute(this.#db);
    return rows;
  }
}

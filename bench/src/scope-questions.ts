/** What is asked in `bench scope`, and the right answers, found by the owner in ways of his own. */
import { COUNT_LIMIT, type ContactFilter, type EndReason } from '@rexian/contracts';
import type { Db } from '@rexian/server/platform/db.ts';
import type { Vault } from '@rexian/server/platform/vault.ts';
import type { Api } from '@rexian/server/testing/api-client.ts';
import { sql } from 'kysely';
import { callerNumber } from './scope-data.ts';
import type { ScopeUser } from './scope-users.ts';

export type Kind = 'latest' | 'number' | 'tail' | 'count';
export const KINDS: readonly Kind[] = ['latest', 'number', 'tail', 'count'];

export interface Question {
  kind: Kind;
  filter: ContactFilter;
}

const SHOWN = 20;
const DAY_MS = 86_400_000;
/** The more often somebody calls the lower the index; the last is nobody's. */
const CALLERS = [0, 1, 5, 40, 300, 2_000, 9_000, 20_000, 49_999, 60_000];
const REASONS: EndReason[] = ['abandoned_in_queue', 'abandoned_in_flow'];

/** As many different questions of each kind as a person asks in a day. */
export function questions(kind: Kind): Question[] {
  const now = Math.floor(Date.now() / 60_000) * 60_000;
  const span = (from: number, to: number) => ({ from: new Date(now - from * DAY_MS), to: new Date(now - to * DAY_MS) });
  const spans = [span(30, 0), span(365, 0), span(200.37, 100.61), span(1.5, 1.2), span(91.3, 0), span(8, 1)];
  switch (kind) {
    case 'latest':
      return [{}, {}, {}, ...spans, { endReasons: REASONS }].map((filter) => ({ kind, filter }));
    case 'number':
      return CALLERS.map((index) => ({ kind, filter: { callerNumber: callerNumber(index) } }));
    case 'tail':
      return CALLERS.map((index) => ({ kind, filter: { callerNumber: callerNumber(index).slice(-4) } }));
    case 'count':
      return [{}, {}, ...spans, { endReasons: REASONS }, { callerNumber: callerNumber(0) }].map((filter) => ({
        kind,
        filter,
      }));
  }
}

/** The answer as something to compare: ids, or the number with whether it goes on. */
export async function ask(api: Api, { kind, filter }: Question): Promise<string[]> {
  if (kind !== 'count') return (await api.contacts.list({ ...filter, limit: SHOWN })).rows.map(({ id }) => id);
  const { count, more } = await api.contacts.count(filter);
  return [`${count}${more ? '+' : ''}`];
}

/** Past every index and policy of the platform's own: numbers are compared opened, units come from the tree. */
export async function truth(db: Db, vault: Vault, user: ScopeUser, { kind, filter }: Question): Promise<string[]> {
  const where = sql.join([user.mine, ...conditions(vault, filter)], sql` and `);
  if (kind !== 'count') {
    const { rows } = await sql<{ id: string }>`select c.id from contacts c where ${where}
      order by c.arrived_at desc, c.id desc limit ${SHOWN}`.execute(db);
    return rows.map(({ id }) => id);
  }
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from contacts c where ${where}`.execute(
    db,
  );
  const count = rows[0]?.count ?? 0;
  // Questions that only days can't answer are counted to the limit.
  const limited = filter.endReasons !== undefined || filter.callerNumber !== undefined || user.name === 'agent';
  return [limited && count > COUNT_LIMIT ? `${COUNT_LIMIT}+` : String(count)];
}

function conditions(vault: Vault, { from, to, callerNumber: number, endReasons }: ContactFilter) {
  const list: ReturnType<typeof sql>[] = [];
  if (from) list.push(sql`c.arrived_at >= ${from}`);
  if (to) list.push(sql`c.arrived_at < ${to}`);
  if (number?.length === 4) list.push(sql`c.caller_tail = ${vault.tail('number', number)}`);
  else if (number) list.push(sql`c.caller_index = ${vault.index('number', number)}`);
  if (endReasons) list.push(sql`c.end_reason = any(${endReasons as string[]})`);
  return list;
}

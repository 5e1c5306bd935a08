/** Where a call is put: its queue, its priority, whom it should get, and the reasons in the words of the explanation. */

import type { CallerClass, ContactOrigin } from '@rexian/contracts';
import { sql } from 'kysely';
import { calendarOf } from '../centres/calendars/governing.ts';
import { isOpen } from '../centres/calendars/working-hours.ts';
import { regionOf } from '../contacts/regions.ts';
import type { Queryable } from '../platform/db.ts';
import { type CallOf, classesOf, lastAgentOf, type Sources } from './callers.ts';
import { asksFor, type CallFacts, judge, type Rule, standardRules, type Verdict } from './rules.ts';

export interface ToPlace extends CallOf {
  queueId: string;
  origin: ContactOrigin;
  /** The service number that was dialled; null: none of ours. */
  calledNumberId: string | null;
  /** The queue was chosen by somebody or by its overflow: rules don't lead elsewhere. */
  keepQueue?: boolean;
}

export interface Placement {
  queueId: string;
  queueName: string;
  priority: number;
  /** Only these until then; afterwards everyone, but them first. `seconds`: how long that is. */
  wanted: { persons: string[]; until: Date; seconds: number } | null;
  region: string;
  classes: CallerClass[];
  /** Chinese lines, in the order in which it was decided. */
  reasons: string[];
  /** Ids of the rules that fitted. */
  rules: string[];
}

interface QueueRow {
  id: string;
  unit_id: string;
  name: string;
  active: boolean;
  last_agent_days: number;
  last_agent_seconds: number;
}

export async function place(sources: Sources, call: ToPlace): Promise<Placement> {
  const { db } = sources;
  const asked = await queueOf(db, call.queueId);
  if (!asked) throw new Error(`there is no queue ${call.queueId}`);
  const rules = await rulesOf(db, asked.unit_id);
  const facts = await factsOf(sources, call, rules, asked.unit_id);
  const verdict = judge(rules, facts);
  const reasons: string[] = [];
  const queue = await chosenQueue(db, call, asked, verdict);
  for (const line of await told(db, verdict, asked, queue)) reasons.push(line);
  const wanted = await wantedOf(sources, call, { verdict, queue, reasons });
  return {
    queueId: queue.id,
    queueName: queue.name,
    priority: verdict.priority,
    wanted,
    region: facts.region,
    classes: [...facts.classes],
    reasons,
    rules: verdict.fitting.flatMap(({ rule }) => rule.id ?? []),
  };
}

const queueOf = (db: Queryable, id: string): Promise<QueueRow | undefined> =>
  db
    .selectFrom('queues')
    .select(['id', 'unit_id', 'name', 'active', 'last_agent_days', 'last_agent_seconds'])
    .where('id', '=', id)
    .executeTakeFirst();

/** Those of the centre, in order; the standard ones when it has none, be it switched off. */
async function rulesOf(db: Queryable, unitId: string): Promise<readonly Rule[]> {
  const rows = await db
    .selectFrom('routing_rules')
    .select(['id', 'name', 'conditions', 'effects', 'active'])
    .where('unit_id', '=', unitId)
    .orderBy('position')
    .orderBy('id')
    .execute();
  return rows.length === 0 ? standardRules : rows.filter(({ active }) => active);
}

async function factsOf(
  sources: Sources,
  call: ToPlace,
  rules: readonly Rule[],
  centreId: string,
): Promise<CallFacts & { classes: Set<CallerClass> }> {
  const asks = asksFor(rules);
  const { origin, calledNumberId, callerNumber, at } = call;
  return {
    origin,
    calledNumberId,
    region: await regionOf(sources.db, callerNumber),
    classes: asks.classes ? await classesOf(sources, call, centreId) : new Set<CallerClass>(),
    open: asks.hours ? isOpen(await calendarOf(sources.db, centreId), at) : true,
  };
}

/** The queue that a rule leads to, when it is there and in use. */
async function chosenQueue(db: Queryable, call: ToPlace, asked: QueueRow, verdict: Verdict): Promise<QueueRow> {
  if (call.keepQueue || verdict.queueId === null || verdict.queueId === asked.id) return asked;
  const other = await queueOf(db, verdict.queueId);
  return other?.active && other.unit_id === asked.unit_id ? other : asked;
}

/** What each rule that fitted has brought about. */
async function told(db: Queryable, verdict: Verdict, asked: QueueRow, queue: QueueRow): Promise<string[]> {
  const names = await namesOf(db, verdict.dedicated?.persons ?? []);
  return verdict.fitting.map(({ rule, priority, queue: led, persons }) => {
    const effects = [
      ...(rule.effects.priority > 0 ? [priority > 0 ? `优先级 +${priority}` : '优先级已到上限'] : []),
      ...(led && queue.id !== asked.id ? [`由“${asked.name}”改入“${queue.name}”`] : []),
      ...(persons ? [`专席：${names.join('、')}`] : []),
    ];
    return `符合规则“${rule.name}”${effects.length > 0 ? `：${effects.join('；')}` : ''}`;
  });
}

/** Dedicated agents of a rule, else the agent of the last talk. Nobody waits for those who aren't at work. */
async function wantedOf(
  sources: Sources,
  call: ToPlace,
  { verdict, queue, reasons }: { verdict: Verdict; queue: QueueRow; reasons: string[] },
): Promise<Placement['wanted']> {
  const { dedicated } = verdict;
  const until = (seconds: number) => new Date(call.at.getTime() + seconds * 1000);
  if (dedicated) {
    const seconds = (await anyAtWork(sources.db, dedicated.persons)) ? dedicated.seconds : 0;
    reasons.push(
      seconds > 0 ? `专席在岗，${seconds} 秒内仅由专席接听` : '专席均不在岗或不需等待，由技能组接听，专席优先',
    );
    return { persons: [...dedicated.persons], seconds, until: until(seconds) };
  }
  const last = await lastAgentOf(sources, call, { queueId: queue.id, days: queue.last_agent_days });
  if (!last) return null;
  const seconds = queue.last_agent_seconds;
  const who = `${last.name}${last.number ? `（${last.number}）` : ''}`;
  reasons.push(`上次由${who}接听，${seconds > 0 ? `${seconds} 秒内仅由其接听` : '由其优先接听'}`);
  return { persons: [last.personId], seconds, until: until(seconds) };
}

async function namesOf(db: Queryable, persons: readonly string[]): Promise<string[]> {
  if (persons.length === 0) return [];
  const rows = await db.selectFrom('people').select(['id', 'name']).where('id', 'in', persons).execute();
  return persons.flatMap((id) => rows.find((row) => row.id === id)?.name ?? []);
}

async function anyAtWork(db: Queryable, persons: readonly string[]): Promise<boolean> {
  const { rows } = await sql`select from agent_sessions where person_id = any(${persons as string[]}::uuid[])
    and signed_out_at is null and state <> 'not_ready' limit 1`.execute(db);
  return rows.length > 0;
}

/** Queues and rules as the audit log tells them: what they refer to by the names that people know. `all` sees everything. */
import { type OverflowStep, overflowAction, type Queue, type RoutingRule } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Queryable } from '../platform/db.ts';
import { settingsOf } from './queries.ts';

export async function queueTold(all: Queryable, queue: Queue): Promise<Record<string, unknown>> {
  const { overflow, ...settings } = settingsOf(queue);
  const names = await namesOf(all, overflow.flatMap(targetOf));
  return {
    ...settings,
    overflow: overflow.map((step) => stepTold(step, targetOf(step).map(names))),
    unit: queue.unit.name,
  };
}

/** 排队满 60 秒：转入其他技能组“二线（南宁市12366）” */
function stepTold({ when, do: { action } }: OverflowStep, [target]: string[]): string {
  const due = when.by === 'after' ? `排队满 ${when.seconds} 秒` : `排队超过 ${when.calls} 人`;
  return `${due}：${overflowAction.labels[action]}${target ? `“${target}”` : ''}`;
}

export async function ruleTold(all: Queryable, rule: RoutingRule): Promise<Record<string, unknown>> {
  const { name, active, unit } = rule;
  const { calledNumberIds, ...conditions } = rule.conditions;
  const { queueId, persons, ...effects } = rule.effects;
  const names = await namesOf(all, [...calledNumberIds, ...persons, ...(queueId ? [queueId] : [])]);
  return {
    ...{ name, active, unit: unit.name },
    conditions: { ...conditions, calledNumbers: calledNumberIds.map(names) },
    effects: { ...effects, queue: queueId && names(queueId), persons: persons.map(names) },
  };
}

const targetOf = ({ do: doing }: OverflowStep): string[] => {
  if ('queueId' in doing) return [doing.queueId];
  return 'accessCodeId' in doing ? [doing.accessCodeId] : [];
};

/** Each name is one thing's only: another target is another name. */
async function namesOf(all: Queryable, ids: readonly string[]): Promise<(id: string) => string> {
  if (ids.length === 0) return String;
  const { rows } = await sql<{ id: string; name: string }>`
    with wanted as (select unnest(${ids as string[]}::uuid[]) as id)
    select q.id, q.name || '（' || u.name || '）' as name from queues q join wanted using (id) join units u on u.id = q.unit_id
    union all select a.id, a.name || '（' || a.code || '）' from access_codes a join wanted using (id)
    union all select n.id, n.name || '（' || n.number || '）' from service_numbers n join wanted using (id)
    union all select p.id, p.name || '（' || coalesce(p.agent_number, p.login) || '）' from people p join wanted using (id)`.execute(
    all,
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? '已删除';
}

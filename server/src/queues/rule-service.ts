/** Routing rules: reading and changing. Each change runs in a transaction of the viewer's scope. */
import type { RoutingRule, RuleConditions, RuleEffects } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { reachableUnit, reachableUnits, reachableWithin, unitJson } from '../centres/reach.ts';
import type { Caller } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';

interface RuleFacts {
  name: string;
  active: boolean;
  conditions: RuleConditions;
  effects: RuleEffects;
}

type Row = Omit<RoutingRule, 'can'>;

/** By centre, in the order in which they are applied. */
export const listRules = (db: Queryable, caller: Caller, unitId?: string): Promise<RoutingRule[]> =>
  rulesWhere(db, caller, sql`r.unit_id in (${reachableWithin(caller, unitId)})`);

async function rulesWhere(db: Queryable, caller: Caller, where: RawBuilder<unknown>, lock = false) {
  const { rows } =
    await sql<Row>`select r.id, ${unitJson('u')} as unit, r.name, r.position, r.active, r.conditions, r.effects
    from routing_rules r join units u on u.id = r.unit_id where ${where}
    order by u.path, r.position, r.id ${lock ? sql`for update of r` : sql``}`.execute(db);
  const can = { change: caller.viewer.permissions.includes('queues.manage') };
  return rows.map((row): RoutingRule => ({ ...row, can }));
}

/** It goes last. */
export async function createRule(trx: Queryable, caller: Caller, { unitId, ...facts }: RuleFacts & { unitId: string }) {
  if (!(await reachableUnit(trx, caller, unitId))) throw refusal('NOT_FOUND', '没有找到所选机构');
  await requireTargets(trx, caller, unitId, facts);
  const id = newId();
  await sql`insert into routing_rules (id, unit_id, name, position, active, conditions, effects)
    select ${id}, ${unitId}, ${facts.name}, coalesce(max(position), 0) + 1, ${facts.active}, ${JSON.stringify(facts.conditions)}::jsonb,
      ${JSON.stringify(facts.effects)}::jsonb from routing_rules where unit_id = ${unitId}`.execute(trx);
  return ruleInReach(trx, caller, id);
}

export async function changeRule(trx: Queryable, caller: Caller, { id, ...facts }: RuleFacts & { id: string }) {
  const before = await ruleInReach(trx, caller, id, true);
  await requireTargets(trx, caller, before.unit.id, facts);
  const { name, active } = facts;
  const [conditions, effects] = [JSON.stringify(facts.conditions), JSON.stringify(facts.effects)];
  await trx.updateTable('routing_rules').set({ name, active, conditions, effects }).where('id', '=', id).execute();
  return { before, after: await ruleInReach(trx, caller, id) };
}

export async function removeRule(trx: Queryable, caller: Caller, id: string): Promise<RoutingRule> {
  const before = await ruleInReach(trx, caller, id, true);
  await trx.deleteFrom('routing_rules').where('id', '=', id).execute();
  return before;
}

/** Puts all rules of a centre into a new order; returns their names in the old and the new one. */
export async function orderRules(trx: Queryable, caller: Caller, { unitId, ids }: { unitId: string; ids: string[] }) {
  const unit = await reachableUnit(trx, caller, unitId);
  if (!unit) throw refusal('NOT_FOUND', '没有找到所选机构');
  const rules = await rulesWhere(trx, caller, sql`r.unit_id = ${unitId}`, true);
  const known = new Map(rules.map((rule) => [rule.id, rule.name]));
  const same = ids.length === known.size && new Set(ids).size === ids.length && ids.every((id) => known.has(id));
  if (!same) throw refusal('REFUSED', '路由规则已有变化，请刷新后再调整顺序');
  await sql`update routing_rules r set position = o.position
    from unnest(${ids}::uuid[]) with ordinality as o(id, position) where r.id = o.id`.execute(trx);
  return { unit, before: rules.map(({ name }) => name), after: ids.map((id) => known.get(id) ?? '') };
}

async function ruleInReach(trx: Queryable, caller: Caller, id: string, lock = false): Promise<RoutingRule> {
  const where = sql`r.id = ${id} and r.unit_id in (${reachableUnits(caller)})`;
  const [rule] = await rulesWhere(trx, caller, where, lock);
  if (!rule) throw refusal('NOT_FOUND');
  return rule;
}

/** What a rule names lies in reach; another queue belongs to the same centre. */
async function requireTargets(trx: Queryable, caller: Caller, unitId: string, { conditions, effects }: RuleFacts) {
  const { queueId, persons } = effects;
  const counted = async (from: RawBuilder<unknown>, ids: readonly string[]) => {
    const { rows } = await sql<{ found: number }>`select count(*)::int as found from ${from}
      where id = any(${ids as string[]}::uuid[]) and unit_id in (${reachableUnits(caller)})`.execute(trx);
    return (rows[0]?.found ?? 0) === new Set(ids).size;
  };
  if (queueId !== null) {
    const { rows } = await sql`select from queues where id = ${queueId} and unit_id = ${unitId}`.execute(trx);
    if (rows.length === 0) throw refusal('NOT_FOUND', '没有找到所选技能组，请选择本中心的技能组');
  }
  if (!(await counted(sql`people`, persons))) throw refusal('NOT_FOUND', '没有找到所选专席人员');
  if (!(await counted(sql`service_numbers`, conditions.calledNumberIds)))
    throw refusal('NOT_FOUND', '没有找到所选服务号码');
}

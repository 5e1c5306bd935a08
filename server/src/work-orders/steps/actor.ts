/** Who takes a step, and what of a work order is theirs. */
import type { OrderTarget, Permission, UnitRef, WorkOrderDesk } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { desksOf } from '../../auth/viewers.ts';
import type { TreeUnit, UnitTree } from '../../centres/tree.ts';
import type { Caller } from '../../platform/api.ts';
import { refusal } from '../../platform/errors.ts';

export interface Actor {
  id: string;
  name: string;
  unit: UnitRef;
  permissions: readonly Permission[];
  desks: readonly WorkOrderDesk[];
  /** Units for which the person acts: the own one; a department's people act for what it belongs to as well. */
  unitIds: readonly string[];
  tree: UnitTree;
}

/** Throws FORBIDDEN for a partner's key: steps are taken by people. */
export function actorOf({ viewer }: Caller, tree: UnitTree): Actor {
  if (viewer.kind !== 'person') throw refusal('FORBIDDEN');
  const { id, name, unit, permissions } = viewer;
  return { ...{ id, name, unit, permissions, tree }, desks: desksOf(permissions), unitIds: actsFor(tree, unit.id) };
}

/** Somebody who isn't there: what they asked for is done later. */
export function actorAt(tree: UnitTree, unitId: string, who: Pick<Actor, 'id' | 'name' | 'permissions'>): Actor {
  const unit = tree.unit(unitId);
  if (!unit) throw new Error(`there is no unit ${unitId}`);
  const { id, name, path } = unit;
  return { ...who, unit: { id, name, path }, desks: desksOf(who.permissions), unitIds: actsFor(tree, unitId), tree };
}

function actsFor(tree: UnitTree, unitId: string): string[] {
  const home = tree.unit(unitId);
  const ids = [unitId];
  for (let at = home; at?.kind === 'department'; ) {
    at = tree.parentOf(at);
    if (at) ids.push(at.id);
  }
  return ids;
}

/** A part of an order, as far as it says whose it is. */
export interface Part {
  unit_id: string;
  desk: WorkOrderDesk | null;
  person_id: string | null;
}

/** Whether the part is the actor's to handle: their own, or one of their unit's or desk's that nobody has signed for. */
export const isTheirs = (actor: Actor, { unit_id, desk, person_id }: Part): boolean =>
  person_id === null
    ? actor.unitIds.includes(unit_id) && (desk === null || actor.desks.includes(desk))
    : person_id === actor.id;

/** The same as a condition on tasks `t`: those that are open and wait for the actor; `own_orders` says it in the store. */
export const waitsFor = ({
  id,
  unitIds,
  desks,
}: Actor): RawBuilder<boolean> => sql<boolean>`t.done_at is null and t.kind <> 'wait'
  and (t.person_id = ${id} or t.person_id is null and t.unit_id = any(${unitIds as string[]}::uuid[])
    and (t.desk is null or t.desk = any(${desks as string[]}::text[])))`;

export const may = (actor: Actor, permission: Permission): boolean => actor.permissions.includes(permission);

/**
 * Units that somebody of this unit may hand an order to: everything of the own centre and below it, and whatever lies above the own unit.
 * Other centres are reached through the one above: their data are not each other's business.
 */
export function targetUnits({ tree, unit }: Actor): TreeUnit[] {
  const home = tree.unit(unit.id);
  if (!home) return [];
  const centre = tree.centreOf(home);
  const above: TreeUnit[] = [];
  for (let at = tree.parentOf(centre); at; at = tree.parentOf(at)) above.unshift(at);
  return [...above, ...tree.subtree(centre)].filter((each) => tree.isActive(each));
}

/** Throws REFUSED for a unit that the actor may not hand orders to. */
export function requireTarget(actor: Actor, { unitId }: OrderTarget): TreeUnit {
  const unit = targetUnits(actor).find(({ id }) => id === unitId);
  if (!unit) throw refusal('REFUSED', '不能交给所选单位，请另选');
  return unit;
}

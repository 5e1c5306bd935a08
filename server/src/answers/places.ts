/** Who proposes to whom: a centre to its own bank, to those of the units in reach, or to one above. */
import type { UnitRef } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableOrUpperUnits } from '../centres/reach.ts';
import type { Reader } from '../knowledge/libraries.ts';
import { refusal } from '../platform/errors.ts';

/** Who speaks: the centre that the viewer has chosen, or the own unit; null for those who write for nobody. */
export function ownUnit({ caller: { viewer, unitIds } }: Reader): UnitRef | null {
  const { id, name, path } = viewer.chosenCentre ?? viewer.unit;
  return unitIds.includes(id) ? { id, name, path } : null;
}

/** The unit that is to have an answer, when the viewer may propose one to it. */
export async function targetUnit(reader: Reader, unitId: string): Promise<UnitRef | null> {
  if (!ownUnit(reader)) return null;
  const { rows } = await sql<UnitRef>`select id, name, path::text as path from units
    where id = ${unitId} and id in (${reachableOrUpperUnits(reader.caller)})`.execute(reader.db);
  return rows[0] ?? null;
}

/** Throws NOT_FOUND. */
export async function requireTarget(reader: Reader, unitId: string): Promise<{ unit: UnitRef; from: UnitRef }> {
  const [unit, from] = [await targetUnit(reader, unitId), ownUnit(reader)];
  if (!unit || !from) throw refusal('NOT_FOUND', '没有找到所选机构');
  return { unit, from };
}

/**
 * What may be done to the tree of units, as pure rules. Whoever steers part of the tree never gets to see more by what they do, leaves
 * nothing beyond their reach changed, and doesn't touch the top of it: that belongs to those above.
 */
import type { Unit } from '@rexian/contracts';
import type { Reach, ReachOf, TreeUnit } from '../tree.ts';
import { UnitTree } from '../tree.ts';

/** Who steers, over the tree as it is now. */
export interface Steering {
  tree: UnitTree;
  of: ReachOf;
  reach: Reach;
}

/** The top of a reach: what is above it is not in it. */
export function isTop({ tree, reach }: Steering, unit: TreeUnit): boolean {
  const parent = tree.parentOf(unit);
  return !parent || !reach.unitIds.has(parent.id);
}

/** Whether everything below the unit is in reach too. */
export const isWhole = ({ tree, reach }: Steering, unit: TreeUnit): boolean =>
  tree.subtree(unit).every(({ id }) => reach.unitIds.has(id));

/** The paths a subtree has once its top stands at `path`. */
export function moved(units: readonly TreeUnit[], top: TreeUnit, path: string): TreeUnit[] {
  const below = `${top.path}.`;
  return units.map((unit) =>
    unit.id === top.id || unit.path.startsWith(below)
      ? { ...unit, path: path + unit.path.slice(top.path.length) }
      : unit,
  );
}

/** Paths that the contract can carry. */
const LONGEST_PATH = 400;

/**
 * Judges a tree as it would be: null when it may be so, otherwise why not. `touched`: units that were created or changed; `created`: those
 * that weren't there before.
 */
export function judge(
  steering: Steering,
  after: readonly TreeUnit[],
  touched: readonly string[],
  created: readonly string[] = [],
): { unitId: string | null; message: string } | null {
  const tree = new UnitTree(after);
  const long = touched.find((id) => (tree.unit(id)?.path.length ?? 0) > LONGEST_PATH);
  if (long) return { unitId: long, message: `层级过深：路径超过 ${LONGEST_PATH} 个字符` };
  const reach = tree.reach(steering.of);
  const lost = touched.find((id) => !reach.unitIds.has(id));
  if (lost) return { unitId: lost, message: '会超出您的数据范围，不能这样做。正在查看单个中心的，请先切换为全部中心' };
  const known = new Set([...steering.reach.unitIds, ...created]);
  if ([...reach.unitIds].some((id) => !known.has(id)))
    return { unitId: touched[0] ?? null, message: '会扩大您本人的数据范围，请由上级机构的管理员操作' };
  return null;
}

const NONE: Unit['can'] = { change: false, move: false, remove: false, addChild: false };

/** What the viewer may do with each unit. */
export function abilities(steering: Steering): (unit: TreeUnit) => Unit['can'] {
  const { tree, of, reach } = steering;
  // The home alone (本单位) is seen, not what would hang below it.
  const deep = tree.reach({ ...of, scope: of.scope === 'unit' ? 'own' : of.scope });
  return (unit) => {
    if (!reach.unitIds.has(unit.id)) return NONE;
    const free = !isTop(steering, unit) && isWhole(steering, unit);
    return { change: true, move: free, remove: free, addChild: deep.unitIds.has(unit.id) };
  };
}

export const noAbilities = NONE;

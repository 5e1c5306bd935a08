import type { Unit } from '@rexian/contracts';

export interface UnitNode {
  unit: Unit;
  children: UnitNode[];
}

/** The forest of a list that names parents before children; whose parent is not in the list stands at the top. */
export function forestOf(units: readonly Unit[]): UnitNode[] {
  const nodes = new Map(units.map((unit): [string, UnitNode] => [unit.id, { unit, children: [] }]));
  const roots: UnitNode[] = [];
  for (const node of nodes.values()) {
    const parent = node.unit.parentId === null ? undefined : nodes.get(node.unit.parentId);
    (parent?.children ?? roots).push(node);
  }
  return roots;
}

/** The unit itself and everything below it. */
export function within(units: readonly Unit[], top: Unit): Unit[] {
  return units.filter(({ path }) => path === top.path || path.startsWith(`${top.path}.`));
}

/** From the topmost visible unit down to the one asked for. */
export function lineOf(units: readonly Unit[], id: string): Unit[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const line: Unit[] = [];
  for (let unit = byId.get(id); unit; unit = unit.parentId === null ? undefined : byId.get(unit.parentId)) {
    line.unshift(unit);
  }
  return line;
}

/** Units whose name or code contains the text, with those above them, so that the tree still hangs together. */
export function found(units: readonly Unit[], text: string): Unit[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [...units];
  const keep = new Set<string>();
  for (const unit of units) {
    if (!unit.name.toLowerCase().includes(wanted) && !unit.code.includes(wanted)) continue;
    for (const each of lineOf(units, unit.id)) keep.add(each.id);
  }
  return units.filter(({ id }) => keep.has(id));
}

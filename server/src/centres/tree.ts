/** The tree of units as pure data: which centre a unit belongs to, and what a scope reaches. */
import type { DataScope, UnitKind } from '@rexian/contracts';

export interface TreeUnit {
  id: string;
  path: string;
  name: string;
  kind: UnitKind;
  active: boolean;
}

/** From where and how far somebody sees. */
export interface ReachOf {
  scope: DataScope;
  homeId: string;
  /** Units seen with all below them, beside the scope. */
  entitledIds: readonly string[];
  /** The centre everything is narrowed to. */
  chosenCentreId: string | null;
}

/** What rows somebody sees: sent to the database with each connection, and stated by queries themselves. */
export interface Reach {
  unitIds: ReadonlySet<string>;
  /** The same units as lquery patterns over their paths (`gx.nanning.*`), as few as it takes. */
  patterns: readonly string[];
  /** All units there are, so that rows of no unit belong to it too. */
  everything: boolean;
  /** Path of the home unit: what lies above it hands down roles, categories, calendars. */
  home: string;
}

/** What is kept of reaches that were asked for; people ask from the same homes again and again. */
const KEPT = 5_000;

export class UnitTree {
  /** As the store counts changes of the tree. */
  readonly version: number;
  readonly #reaches = new Map<string, Reach>();
  readonly #byId = new Map<string, TreeUnit>();
  readonly #byPath = new Map<string, TreeUnit>();
  readonly #children = new Map<string, TreeUnit[]>();
  readonly #roots: TreeUnit[] = [];

  constructor(units: readonly TreeUnit[], version = 0) {
    this.version = version;
    for (const unit of units) {
      this.#byId.set(unit.id, unit);
      this.#byPath.set(unit.path, unit);
    }
    for (const unit of units) {
      const parent = this.parentOf(unit);
      if (!parent) this.#roots.push(unit);
      else this.#children.set(parent.id, [...this.childrenOf(parent), unit]);
    }
  }

  get units(): readonly TreeUnit[] {
    return [...this.#byId.values()];
  }

  at(path: string): TreeUnit | undefined {
    return this.#byPath.get(path);
  }

  unit(id: string): TreeUnit | undefined {
    return this.#byId.get(id);
  }

  parentOf(unit: TreeUnit): TreeUnit | undefined {
    const end = unit.path.lastIndexOf('.');
    return end < 0 ? undefined : this.#byPath.get(unit.path.slice(0, end));
  }

  childrenOf(unit: TreeUnit): readonly TreeUnit[] {
    return this.#children.get(unit.id) ?? [];
  }

  /** A unit works as long as it and everything above it do. */
  isActive(unit: TreeUnit): boolean {
    const parent = this.parentOf(unit);
    return unit.active && (!parent || this.isActive(parent));
  }

  /** The unit itself or the nearest one above that is a centre; the top of the tree when there is none. */
  centreOf(unit: TreeUnit): TreeUnit {
    for (let at = unit; ; ) {
      const parent = this.parentOf(at);
      if (at.kind === 'centre' || !parent) return at;
      at = parent;
    }
  }

  /** The unit and everything below it, parents first. */
  subtree(unit: TreeUnit): TreeUnit[] {
    return [unit, ...this.childrenOf(unit).flatMap((child) => this.subtree(child))];
  }

  /** The centre's own units, without the centres below it. */
  centreUnits(centre: TreeUnit): TreeUnit[] {
    return this.subtree(centre).filter((unit) => this.centreOf(unit) === centre);
  }

  reach(of: ReachOf): Reach {
    const key = JSON.stringify([of.scope, of.homeId, of.chosenCentreId, of.entitledIds]);
    const known = this.#reaches.get(key);
    if (known) return known;
    const reach = this.#reach(of);
    if (this.#reaches.size >= KEPT) this.#reaches.clear();
    this.#reaches.set(key, reach);
    return reach;
  }

  #reach({ scope, homeId, entitledIds, chosenCentreId }: ReachOf): Reach {
    const home = this.#byId.get(homeId);
    if (!home) return { unitIds: new Set(), patterns: [], everything: false, home: '' };
    const seen = new Set<TreeUnit>(this.#inScope(scope, home));
    for (const id of entitledIds) {
      const entitled = this.#byId.get(id);
      if (entitled) for (const unit of this.subtree(entitled)) seen.add(unit);
    }
    const chosen = chosenCentreId === null ? undefined : this.#byId.get(chosenCentreId);
    const units = chosen ? [...seen].filter((unit) => this.centreOf(unit) === chosen) : [...seen];
    const unitIds = new Set(units.map((unit) => unit.id));
    return {
      unitIds,
      patterns: this.#patterns(unitIds),
      everything: this.#byId.size > 0 && unitIds.size === this.#byId.size,
      home: home.path,
    };
  }

  #inScope(scope: DataScope, home: TreeUnit): Iterable<TreeUnit> {
    switch (scope) {
      case 'own':
        return [];
      case 'unit':
        return [home];
      case 'centre':
        return this.centreUnits(this.centreOf(home));
      case 'subtree':
        return this.subtree(home);
      case 'all':
        return this.units;
    }
  }

  #patterns(ids: ReadonlySet<string>): string[] {
    const whole = (unit: TreeUnit): boolean => ids.has(unit.id) && this.childrenOf(unit).every(whole);
    const collect = (unit: TreeUnit): string[] => {
      if (whole(unit)) return [`${unit.path}.*`];
      const own = ids.has(unit.id) ? [unit.path] : [];
      return [...own, ...this.childrenOf(unit).flatMap(collect)];
    };
    return this.#roots.flatMap(collect);
  }
}

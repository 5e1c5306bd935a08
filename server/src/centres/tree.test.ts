import type { DataScope, UnitKind } from '@rexian/contracts';
import { dataScope } from '@rexian/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnitTree } from './tree.ts';

const kinds: UnitKind[] = ['centre', 'bureau', 'office', 'department'];

/** Random trees: each unit hangs below an earlier one; the first is a centre. */
const trees = fc
  .array(fc.record({ parent: fc.nat(), kind: fc.constantFrom(...kinds) }), { minLength: 1, maxLength: 40 })
  .map((drawn) => {
    const paths: string[] = [];
    return drawn.map(({ parent, kind }, i) => {
      const above = i === 0 ? undefined : paths[parent % i];
      paths.push(above === undefined ? 'u0' : `${above}.u${i}`);
      return {
        id: `id${i}`,
        path: paths[i] ?? '',
        name: `单位${i}`,
        kind: i === 0 ? ('centre' as const) : kind,
        active: true,
      };
    });
  });
const below = (path: string, top: string) => path === top || path.startsWith(`${top}.`);
/** What PostgreSQL's lquery makes of our two kinds of patterns. */
const matches = (path: string, pattern: string) =>
  pattern.endsWith('.*') ? below(path, pattern.slice(0, -2)) : path === pattern;

describe('reach', () => {
  it('patterns name exactly the units in reach, whatever the tree', () => {
    fc.assert(
      fc.property(
        trees,
        fc.nat(),
        fc.nat(),
        fc.constantFrom<DataScope>(...dataScope.values),
        fc.boolean(),
        fc.boolean(),
        (units, at, other, scope, entitled, chosen) => {
          const tree = new UnitTree(units);
          const [home, second] = [units[at % units.length], units[other % units.length]];
          if (!home || !second) return;
          const reach = tree.reach({
            scope,
            homeId: home.id,
            entitledIds: entitled ? [second.id] : [],
            chosenCentreId: chosen ? tree.centreOf(second).id : null,
          });
          const named = units.filter(({ path }) => reach.patterns.some((pattern) => matches(path, pattern)));
          expect(new Set(named.map(({ id }) => id))).toEqual(reach.unitIds);
          expect(reach.everything).toBe(reach.unitIds.size === units.length);
        },
      ),
    );
  });

  it('never goes beyond the subtree of the home unit, its centre and what one is entitled to', () => {
    fc.assert(
      fc.property(
        trees,
        fc.nat(),
        fc.constantFrom<DataScope>('own', 'unit', 'centre', 'subtree'),
        (units, at, scope) => {
          const tree = new UnitTree(units);
          const home = units[at % units.length];
          if (!home) return;
          const reach = tree.reach({ scope, homeId: home.id, entitledIds: [], chosenCentreId: null });
          for (const id of reach.unitIds) {
            const unit = tree.unit(id);
            if (!unit) throw new Error('a unit out of nowhere');
            const sameCentre = tree.centreOf(unit) === tree.centreOf(home);
            expect(scope === 'subtree' ? below(unit.path, home.path) : sameCentre).toBe(true);
          }
        },
      ),
    );
  });
});

describe('a province with two cities', () => {
  const unit = (path: string, kind: UnitKind) => ({ id: path, path, name: path, kind, active: true });
  const tree = new UnitTree([
    unit('gx', 'centre'),
    unit('gx.fw', 'department'),
    unit('gx.nn', 'centre'),
    unit('gx.nn.qx', 'bureau'),
    unit('gx.nn.qx.hall', 'hall'),
    unit('gx.lz', 'centre'),
  ]);
  const reach = (scope: DataScope, homeId: string, chosenCentreId: string | null = null, entitledIds: string[] = []) =>
    tree.reach({ scope, homeId, entitledIds, chosenCentreId });

  it('merged or one by one', () => {
    expect(reach('subtree', 'gx').patterns).toEqual(['gx.*']);
    expect(reach('subtree', 'gx', 'gx.nn').patterns).toEqual(['gx.nn.*']);
    expect(reach('subtree', 'gx', 'gx').patterns).toEqual(['gx', 'gx.fw.*']);
  });

  it('the own centre ends where the next begins', () => {
    expect(reach('centre', 'gx.fw').patterns).toEqual(['gx', 'gx.fw.*']);
    expect(reach('centre', 'gx.nn.qx.hall').patterns).toEqual(['gx.nn.*']);
  });

  it('single sub-centres by entitlement', () => {
    expect(reach('centre', 'gx', null, ['gx.lz']).patterns).toEqual(['gx', 'gx.fw.*', 'gx.lz.*']);
    expect(reach('own', 'gx').patterns).toEqual([]);
  });

  it('a unit that is gone reaches nothing', () => {
    expect(reach('all', 'nowhere').patterns).toEqual([]);
  });
});

import { type AcceptsFrom, acceptsFrom } from '@rexian/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TreeUnit, UnitTree } from '../tree.ts';
import { acceptsFromCentre, standingOf } from './standing.ts';

/** A tree of centres: each hangs below one that came before it. */
const trees = fc.array(fc.nat(), { minLength: 1, maxLength: 12 }).map((parents) => {
  const units: TreeUnit[] = [];
  for (const [i, nth] of parents.entries()) {
    const parent = units[nth % Math.max(1, units.length)];
    const path = parent ? `${parent.path}.c${i}` : `c${i}`;
    units.push({ id: String(i), path, name: path, kind: 'centre', active: true });
  }
  return new UnitTree(units);
});
const pairs = trees.chain((tree) =>
  fc.tuple(fc.constant(tree), fc.constantFrom(...tree.units), fc.constantFrom(...tree.units)),
);
const accepts = fc.subarray([...acceptsFrom.values]);

const upwards = (tree: UnitTree, unit: TreeUnit): TreeUnit[] => {
  const parent = tree.parentOf(unit);
  return parent ? [parent, ...upwards(tree, parent)] : [];
};

describe('the standing of two centres', () => {
  it('is what a walk up the tree finds', () => {
    fc.assert(
      fc.property(pairs, ([tree, sender, receiver]) => {
        const expected =
          sender === receiver
            ? null
            : upwards(tree, receiver).includes(sender)
              ? 'above'
              : upwards(tree, sender).includes(receiver)
                ? 'below'
                : 'side';
        expect(standingOf(sender.path, receiver.path)).toBe(expected);
      }),
    );
  });

  it('is the other way round from the other side', () => {
    const turned = { above: 'below', below: 'above', side: 'side' } satisfies Record<AcceptsFrom, AcceptsFrom>;
    fc.assert(
      fc.property(pairs, ([, one, other]) => {
        const there = standingOf(one.path, other.path);
        expect(standingOf(other.path, one.path)).toBe(there && turned[there]);
      }),
    );
  });

  it('tells neighbours apart whose names begin alike', () => {
    expect(standingOf('gx.nan', 'gx.nanning')).toBe('side');
    expect(standingOf('gx', 'gx.nanning.xixiangtang')).toBe('above');
    expect(standingOf('gx.nanning.xixiangtang', 'gx')).toBe('below');
  });
});

describe('an access code', () => {
  it('lets in exactly those that it accepts, and its own centre only to another platform', () => {
    fc.assert(
      fc.property(pairs, accepts, fc.boolean(), ([, sender, receiver], from, platform) => {
        const standing = standingOf(sender.path, receiver.path);
        const let_in = acceptsFromCentre({ centre: receiver.path, accepts: from, platform }, sender.path);
        expect(let_in).toBe(standing === null ? platform : from.some((each) => each === standing));
      }),
    );
  });
});

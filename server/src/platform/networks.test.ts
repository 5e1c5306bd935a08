import { BlockList } from 'node:net';
import { network } from '@rexian/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFrom } from './networks.ts';

test.each([
  [[], '203.0.113.9', true],
  [['203.0.113.9'], '203.0.113.9', true],
  [['203.0.113.9'], '::ffff:203.0.113.9', true],
  [['203.0.113.9'], '203.0.113.90', false],
  [['10.2.0.0/16'], '10.2.255.255', true],
  [['10.2.0.0/16'], '10.3.0.0', false],
  [['10.2.3.4/16'], '10.2.200.1', true],
  [['::ffff:10.2.0.0/112'], '10.2.9.9', true],
  [['::ffff:10.2.0.0/112'], '::ffff:10.3.9.9', false],
  [['2001:db8::/32'], '2001:db8:1::7', true],
  [['2001:db8::/32'], '2001:db9::7', false],
  // All of IPv6 is not all of IPv4, nor the other way round.
  [['::/0'], '10.0.0.1', false],
  [['0.0.0.0/0'], '2001:db8::1', false],
  [['0.0.0.0/0'], '::ffff:10.0.0.1', true],
  // What a proxy makes up.
  [['0.0.0.0/0', '::/0'], 'unknown', false],
  [['0.0.0.0/0', '::/0'], '', false],
])('%j, from %s: %s', (networks, address, expected) => {
  expect(isFrom(networks, address)).toBe(expected);
});

test('agrees with node’s own block list on random networks and addresses near them', () => {
  const cidr = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }));
  fc.assert(
    fc.property(fc.array(cidr, { minLength: 1, maxLength: 4 }), fc.nat(3), fc.ipV4(), (ranges, at, stray) => {
      const networks = ranges.map(([base, bits]) => `${base}/${bits}`);
      fc.pre(networks.every((each) => network.safeParse(each).success));
      const oracle = new BlockList();
      for (const [base, bits] of ranges) oracle.addSubnet(base, bits, 'ipv4');
      const [near] = ranges[at % ranges.length] ?? [stray];
      for (const address of [stray, `${near.slice(0, near.lastIndexOf('.'))}.77`]) {
        const expected = oracle.check(address, 'ipv4');
        expect(isFrom(networks, address)).toBe(expected);
        expect(isFrom(networks, `::ffff:${address}`)).toBe(expected);
      }
    }),
  );
});

test('whatever the contract lets in as a network can be asked', () => {
  const either = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.tuple(fc.ipV4(), fc.nat(32)).map(([base, bits]) => `${base}/${bits}`),
    fc.tuple(fc.ipV6(), fc.nat(128)).map(([base, bits]) => `${base}/${bits}`),
  );
  fc.assert(
    fc.property(either, fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (named, address) => {
      fc.pre(network.safeParse(named).success);
      expect(isFrom([named], address)).toBeTypeOf('boolean');
    }),
  );
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Bm25 } from './bm25.ts';
import { type Tokens, weightOf } from './tokens.ts';

const tokens: fc.Arbitrary<Tokens> = fc
  .array(fc.tuple(fc.constantFrom('t1', 'w1', 'w2', 'b1', 'b2', 'c1', 's1'), fc.integer({ min: 1, max: 4 })), {
    maxLength: 6,
  })
  .map((entries) => new Map(entries));

/** The formula, document by document. */
function plainScores(documents: readonly (Tokens | null)[], asked: Tokens): Map<number, number> {
  const there = documents.flatMap((document, number) => (document ? [{ document, number }] : []));
  const lengthOf = (document: Tokens) =>
    [...document].reduce((sum, [token, count]) => sum + count * weightOf(token), 0);
  const average = there.reduce((sum, { document }) => sum + lengthOf(document), 0) / there.length;
  const scores = new Map<number, number>();
  for (const { document, number } of there) {
    for (const [token, times] of asked) {
      const count = document.get(token);
      if (!count) continue;
      const having = there.filter((each) => each.document.has(token)).length;
      const rarity = Math.log(1 + (there.length - having + 0.5) / (having + 0.5));
      const length = 1 - 0.6 + (0.6 * lengthOf(document)) / average;
      const score = (rarity * weightOf(token) * Math.min(times, 2) * count * 3.5) / (count + 2.5 * length);
      scores.set(number, (scores.get(number) ?? 0) + score);
    }
  }
  return scores;
}

it('scores as the formula does, whatever came and went before', () => {
  const change = fc.oneof(tokens, fc.nat({ max: 30 }));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), tokens, (changes, asked) => {
      const index = new Bm25();
      const documents: (Tokens | null)[] = [];
      for (const each of changes) {
        if (typeof each === 'number') {
          index.remove(each);
          if (each < documents.length) documents[each] = null;
        } else expect(index.add(each)).toBe(documents.push(each) - 1);
      }
      const [found, right] = [new Map<number, number>(), plainScores(documents, asked)];
      index.score(asked, (number, score) => found.set(number, score));
      expect([...found.keys()].sort((a, b) => a - b)).toEqual([...right.keys()].sort((a, b) => a - b));
      for (const [number, score] of right) expect(found.get(number)).toBeCloseTo(score, 4);
      expect(index.size).toBe(documents.filter(Boolean).length);
    }),
  );
});

it('of very many documents, gives those that share the rarest tokens the same scores as ever', () => {
  const index = new Bm25();
  for (let document = 0; document < 9_000; document += 1)
    index.add(new Map([['c1', 1 + (document % 3)], ...(document % 2 === 0 ? [['b1', 1] as const] : [])]));
  const scored = (asked: Tokens) => {
    const scores = new Map<number, number>();
    index.score(asked, (document, score) => scores.set(document, score));
    return scores;
  };
  const [common, rarer, both] = [
    new Map([['c1', 1]]),
    new Map([['b1', 1]]),
    new Map([
      ['c1', 1],
      ['b1', 1],
    ]),
  ].map(scored);
  expect(common?.size).toBe(9_000);
  expect([...(both?.keys() ?? [])].sort((a, b) => a - b)).toEqual([...(rarer?.keys() ?? [])].sort((a, b) => a - b));
  for (const [document, score] of both ?? [])
    expect(score).toBeCloseTo((common?.get(document) ?? 0) + (rarer?.get(document) ?? 0), 6);
});

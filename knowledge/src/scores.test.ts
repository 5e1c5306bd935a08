import fc from 'fast-check';
import { expect, it } from 'vitest';
import { best, Scores } from './scores.ts';

it('keeps what was added and raised since it was cleared, far places too', () => {
  const act = fc.record({
    do: fc.constantFrom('add' as const, 'raise' as const, 'clear' as const),
    place: fc.oneof(fc.nat(8), fc.nat(9_000)),
    score: fc.integer({ min: 1, max: 50 }),
  });
  const scores = new Scores();
  fc.assert(
    fc.property(fc.array(act), (acts) => {
      scores.clear();
      const expected = new Map<number, number>();
      for (const { do: what, place, score } of acts) {
        if (what === 'clear') expected.clear();
        else
          expected.set(
            place,
            what === 'add' ? (expected.get(place) ?? 0) + score : Math.max(expected.get(place) ?? 0, score),
          );
        if (what === 'clear') scores.clear();
        else scores[what](place, score);
      }
      expect(new Map(scores.places.map((place) => [place, scores.at(place)]))).toEqual(expected);
      expect(scores.places).toHaveLength(expected.size);
      expect(scores.at(9_999)).toBe(0);
    }),
  );
});

it('chooses the best of what is accepted, in one order', () => {
  const each = fc.record({ id: fc.string(), score: fc.nat(5) });
  fc.assert(
    fc.property(fc.uniqueArray(each, { selector: ({ id }) => id }), fc.nat(6), (all, limit) => {
      const accepts = ({ score }: { score: number }) => score !== 2;
      const sorted = all.filter(accepts).sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
      expect(best(all, limit, accepts)).toEqual(sorted.slice(0, limit));
    }),
  );
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Haystack } from './haystack.ts';

const text = fc.string({ unit: fc.constantFrom('税', '票', 'a'), maxLength: 6 });

it('finds in each text what looking through them one by one does', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), text.filter(Boolean), fc.nat({ max: 3 }), (texts, needle, first) => {
      const found: [number, number][] = [];
      new Haystack(texts).find(needle, (number, at) => {
        if (at >= first) found.push([number, at]);
        return at >= first;
      });
      const plain = texts.flatMap((each, number) => {
        const at = each.indexOf(needle, first);
        return at < 0 ? [] : [[number, at] as [number, number]];
      });
      expect(found).toEqual(plain);
    }),
  );
});

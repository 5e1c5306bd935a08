/** Whatever part of a text somebody types, the text is among those the index gives, and no other text passes the comparison. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folded, gramsOf, joined, wanted } from './text-index.ts';

/** Letters of the trade, what folding changes, what isn't one code unit, and anything else. */
const letter = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...'发票社保费增值税个人所得汇算清缴一二三，。：（）') },
  { weight: 2, arbitrary: fc.constantFrom(...'aBcXyZ019ＡｂＣ０９％－～　 \t\n', '\r\n') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'ﬁ',
      '℡',
      '㈱',
      'ｶﾞ',
      'が',
      'é',
      'e\u0301',
      'İ',
      'ß',
      'Σ',
      'ς',
      '𠮷',
      '𠀀',
      '😀',
      '가',
      '\u200b',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
);
const letters = fc.array(letter, { maxLength: 60 });

describe('a part of a text', () => {
  it('is found by its bigrams, wherever it begins and ends', () => {
    fc.assert(
      fc.property(
        fc.array(letters, { minLength: 1, maxLength: 3 }),
        fc.nat(),
        fc.nat(),
        fc.nat(),
        (texts, which, from, many) => {
          const stored = joined(texts.map((parts) => parts.join('')));
          const chosen = texts[which % texts.length] ?? [];
          const begin = from % (chosen.length + 1);
          const part = chosen.slice(begin, begin + 2 + (many % 10)).join('');
          const search = wanted(part);
          if (!search) return;
          for (const found of search.parts) expect(stored).toContain(found);
          const held = new Set(gramsOf(stored));
          expect(search.grams.filter((gram) => !held.has(gram))).toEqual([]);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('is the same in any width, case and composition', () => {
    for (const [one, other] of [
      ['ＡＢＣ１２３', 'abc123'],
      ['Nguyễn', 'NGUYÊ\u0303N'],
      ['（税务）', '(税务)'],
      ['ガス', 'ｶﾞｽ'],
      ['发票 \n 社保', '发票　社保'],
    ] as const)
      expect(wanted(one)).toEqual(wanted(other));
  });

  it('is not found across two texts', () => {
    const stored = joined(['关于发', '票的诉求']);
    expect(stored).not.toContain('发票');
    expect(gramsOf(stored)).not.toEqual(expect.arrayContaining(gramsOf('发票')));
  });

  it('has two characters at least', () => {
    for (const words of ['', ' ', '税', ' 税 务', '\u200b税\u200b']) expect(wanted(words)).toBeNull();
    expect(wanted('税务')).toEqual({ parts: ['税务'], grams: gramsOf('税务') });
    expect(gramsOf('税务')).toHaveLength(1);
  });

  it('is one of several, each somewhere in the text', () => {
    expect(wanted('税务 局 发票')).toEqual({
      parts: ['税务', '局', '发票'],
      grams: [...gramsOf('税务'), ...gramsOf('发票')],
    });
  });

  it('is told in numbers that fit the column', () => {
    for (const gram of gramsOf(folded('龘鱻𠮷\uffef～税a'))) expect(gram | 0).toBe(gram);
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ALIKE, bareText, type Match, PhrasingIndex } from './phrasing-index.ts';

/** The same measure, comparing everything with everything. */
function dice(a: string, b: string): number {
  const pairs = (text: string) => {
    const all = [...bareText(text)];
    return new Set(all.length < 2 ? all : all.slice(1).map((each, i) => `${all[i]}${each}`));
  };
  const [one, two] = [pairs(a), pairs(b)];
  if (one.size + two.size === 0) return 0;
  return (2 * [...one].filter((pair) => two.has(pair)).length) / (one.size + two.size);
}

const word = fc.constantFrom('发票', '怎么', '作废', '红冲', '申报', '社保', 'A1', '？', '，', '税');
const phrasing = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(''));
const owners = (matches: Match[]) => matches.map(({ owner }) => owner).sort();

it('finds exactly those that comparing with each would find', () => {
  fc.assert(
    fc.property(fc.array(phrasing, { maxLength: 30 }), phrasing, fc.array(fc.nat(29)), (texts, asked, taken) => {
      const index = new PhrasingIndex();
      texts.forEach((text, i) => {
        index.set(`${i}`, [text]);
      });
      for (const i of taken) index.set(`${i}`, []);
      const left = texts.flatMap((text, i) =>
        taken.includes(i) || bareText(text) === '' ? [] : [{ i: `${i}`, text }],
      );
      expect(index.size).toBe(left.length);
      const expected = left.filter(({ text }) => dice(text, asked) >= ALIKE).map(({ i }) => i);
      expect(owners(index.alike(asked))).toEqual(expected.sort());
      const same = left.filter(({ text }) => bareText(text) === bareText(asked)).map(({ i }) => i);
      expect(owners(index.same(asked))).toEqual(same.sort());
      expect(owners(index.alike(asked).filter(({ likeness }) => likeness === 1))).toEqual(same.sort());
    }),
    { numRuns: 500 },
  );
});

it('takes marks, spaces, width and case for nothing, and forgets what was changed', () => {
  const index = new PhrasingIndex();
  index.set('a', ['ＵＳＢ Key 怎么办理？', '数字证书']);
  expect(index.alike('usbkey怎么，办理')).toEqual([{ owner: 'a', phrasing: 'ＵＳＢ Key 怎么办理？', likeness: 1 }]);
  for (let i = 0; i < 3_000; i += 1) index.set('a', [`第${i}次改`]);
  expect(index.size).toBe(1);
  expect(index.alike('usbkey怎么办理')).toEqual([]);
  expect(index.same('第2999次改')).toHaveLength(1);
});

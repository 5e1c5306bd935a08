import { expect, it } from 'vitest';
import { lift, mean, textsOf, Vectors } from './nearness.ts';
import { finds } from './rank.ts';
import { Scores } from './scores.ts';

const vector = (...numbers: number[]) => Float32Array.from(numbers);
/** Scores of words, lifted; ids are places' names. */
function lifted(words: Record<string, number>, near: Record<string, number>): Map<string, number> {
  const names = Object.keys({ ...words, ...near }).filter((name) => name !== 'gone');
  const scores = new Scores();
  for (const [name, score] of Object.entries(words)) scores.add(names.indexOf(name), score);
  const placeOf = (name: string) => (names.includes(name) ? names.indexOf(name) : undefined);
  lift({ scores, whole: 10 }, new Map(Object.entries(near)), placeOf);
  return new Map(scores.places.map((place) => [names[place] as string, scores.at(place)]));
}
const order = (scores: ReadonlyMap<string, number>) => [...scores].sort(([, a], [, b]) => b - a).map(([id]) => id);

it('is ranking by words where nothing is near', () => {
  expect(lifted({ a: 9, b: 4 }, {})).toEqual(new Map(Object.entries({ a: 9, b: 4 })));
  expect(lifted({}, { c: 0.3 })).toEqual(new Map());
  expect(lifted({ a: 9 }, { gone: 0.9 })).toEqual(new Map([['a', 9]]));
});

it('lifts what is near, and lets in what shares no word when it would be a find by itself', () => {
  const words = { 'says most': 9, 'says some and means it': 5, 'says some': 6 };
  const near = { 'says some and means it': 0.9, 'means it': 0.9, 'means something like it': 0.3 };
  expect(order(lifted(words, near))).toEqual(['says some and means it', 'says most', 'means it', 'says some']);
  for (const nearness of [0.43, 0.6, 1]) expect(finds([...lifted({}, { 'means it': nearness }).values()], 10)).toBe(1);
  // Meaning alone never overtakes what says all of it and is as near.
  expect(order(lifted({ 'says all': 10 }, { 'says all': 1, 'means it': 1 }))[0]).toBe('says all');
});

it('measures nearness from what has nothing to do with each other', () => {
  const vectors = new Vectors(2, 0.5);
  vectors.put('same', [vector(1, 0)]);
  vectors.put('half', [vector(0, 1), vector(0.75, Math.sqrt(1 - 0.75 ** 2))]);
  vectors.put('unrelated', [vector(0.5, Math.sqrt(0.75))]);
  const near = vectors.near(vector(1, 0));
  expect([...near.keys()].sort()).toEqual(['half', 'same']);
  expect(near.get('same')).toBeCloseTo(1);
  expect(near.get('half')).toBeCloseTo(0.5);
});

it('keeps what stands there now, in places that were given up', () => {
  const vectors = new Vectors(2, 0);
  for (let number = 0; number < 40; number += 1) vectors.put(String(number), [vector(1, 0), vector(0, 1)]);
  for (let number = 0; number < 39; number += 1) vectors.remove(String(number));
  vectors.remove('never there');
  vectors.put('39', [vector(0, 1)]);
  vectors.put('new', [vector(0.6, 0.8)]);
  expect(vectors.size).toBe(2);
  const near = vectors.near(vector(1, 0));
  expect([...near.keys()]).toEqual(['new']);
  expect(near.get('new')).toBeCloseTo(0.6);
});

it('takes the mean of several phrasings as one direction', () => {
  const [x, y] = mean([vector(1, 0), vector(0, 1)]);
  expect(x).toBeCloseTo(Math.SQRT1_2);
  expect(y).toBeCloseTo(Math.SQRT1_2);
  expect([...mean([vector(1, 0), vector(-1, 0)])]).toEqual([0, 0]);
  const phrasings = Array.from({ length: 30 }, (_, number) => `问法${number}`);
  const texts = textsOf({ id: 'a', phrasings, about: ['摘要', '', '标签'], body: '正文' });
  expect(texts.asked).toHaveLength(12);
  expect(texts.about).toBe('摘要；标签');
});

import { expect, it } from 'vitest';
import { demoAnswer } from './demo.ts';
import { wireAnswer } from './wire.ts';

const numbers = Array.from({ length: 200 }, (_, index) => `1380077${String(index).padStart(4, '0')}`);

it('answers well, always the same, and by code as by number', () => {
  const answers = numbers.map((number) => demoAnswer({ number }));
  expect(wireAnswer.safeParse({ taxpayers: answers.flat().slice(0, 50) }).error).toBeUndefined();
  expect(numbers.map((number) => demoAnswer({ number }))).toEqual(answers);
  for (const { matchedBy: _by, ...facts } of answers.flat())
    expect(demoAnswer({ creditCode: facts.creditCode })).toEqual([facts]);
  const counts = answers.map(({ length }) => length);
  expect([...new Set(counts)].sort()).toEqual([0, 1, 2, 3]);
  expect(demoAnswer({ creditCode: '914501030000000000' })).toEqual([]);
});

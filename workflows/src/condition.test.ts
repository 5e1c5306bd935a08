import { orderFacts } from '@rexian/workflows/facts.ts';
import { expect, it } from 'vitest';
import { type Condition, conditionOf, textOf, valuesOf } from './condition.ts';

const facts = Object.keys(orderFacts) as (keyof typeof orderFacts)[];
const chosen: Condition[] = [
  { by: 'outcome', outcome: '不予受理' },
  ...facts.flatMap((fact) => Object.keys(valuesOf(fact)).map((value): Condition => ({ by: 'fact', fact, value }))),
];

it.each(chosen)('%j is read as it was chosen', (condition) => {
  expect(conditionOf(textOf(condition))).toEqual(condition);
});

it.each(['outcome == "不满意" && !order.redone', 'order.unknown == "x"', 'order.kind', 'order.anonymous == "x"', ''])(
  '%s is left to whoever wrote it',
  (text) => {
    expect(conditionOf(text)).toEqual({ by: 'expression', text });
    expect(textOf(conditionOf(text))).toBe(text);
  },
);

/** Conditions that can be chosen instead of written. */
import { type FactType, type OrderFact, orderFacts } from './facts.ts';

export type Condition =
  | { by: 'outcome'; outcome: string }
  | { by: 'fact'; fact: OrderFact; value: string }
  | { by: 'expression'; text: string };

const OUTCOME = /^outcome == "([^"\\]*)"$/;
const FACT = /^order\.(\w+) == "([^"\\]*)"$/;
const FLAG = /^(!?)order\.(\w+)$/;

export function conditionOf(text: string): Condition {
  const [, outcome] = OUTCOME.exec(text) ?? [];
  if (outcome !== undefined) return { by: 'outcome', outcome };
  const [, fact = '', value = ''] = FACT.exec(text) ?? [];
  if (typeOf(fact)?.values) return { by: 'fact', fact: fact as OrderFact, value };
  const [, not, flag = ''] = FLAG.exec(text) ?? [];
  const type = typeOf(flag);
  if (type && !type.values) return { by: 'fact', fact: flag as OrderFact, value: not ? 'false' : 'true' };
  return { by: 'expression', text };
}

export function textOf(condition: Condition): string {
  switch (condition.by) {
    case 'outcome':
      return `outcome == ${JSON.stringify(condition.outcome)}`;
    case 'fact': {
      const { fact, value } = condition;
      if (typeOf(fact)?.values) return `order.${fact} == ${JSON.stringify(value)}`;
      return `${value === 'false' ? '!' : ''}order.${fact}`;
    }
    case 'expression':
      return condition.text;
  }
}

/** Values of a fact with their labels. */
export const valuesOf = (fact: OrderFact): Readonly<Record<string, string>> =>
  typeOf(fact)?.values ?? { true: '是', false: '否' };

const typeOf = (fact: string): FactType | undefined =>
  Object.hasOwn(orderFacts, fact) ? orderFacts[fact as OrderFact] : undefined;

import { callerClass, contactOrigin } from '@rexian/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRIORITY_MAX } from './matcher.ts';
import { asksFor, type CallFacts, fits, judge, type Rule, standardRules } from './rules.ts';

const some = <T>(...values: T[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 2 });
const rule = fc.record<Rule>({
  id: fc.uuid(),
  name: fc.constantFrom('甲', '乙'),
  conditions: fc.record({
    classes: some(...callerClass.values),
    origins: some(...contactOrigin.values),
    calledNumberIds: some('n1', 'n2'),
    regions: some('广西', '广西南宁', '广东'),
    hours: fc.constantFrom(null, 'open', 'closed'),
  }),
  effects: fc.record({
    priority: fc.nat(20),
    queueId: fc.constantFrom(null, 'q1', 'q2'),
    persons: some('p1', 'p2'),
    personSeconds: fc.nat(60),
  }),
});
const rules = fc.array(rule, { maxLength: 8 });
const facts = fc.record<CallFacts>({
  classes: some(...callerClass.values).map((list) => new Set(list)),
  origin: fc.constantFrom(...contactOrigin.values),
  calledNumberId: fc.constantFrom(null, 'n1', 'n2', 'n3'),
  region: fc.constantFrom('', '广西南宁', '广西柳州', '广东广州'),
  open: fc.boolean(),
});
const holds = (property: (list: Rule[], call: CallFacts) => void) =>
  fc.assert(fc.property(rules, facts, property), { numRuns: 1_000 });

describe('rules', () => {
  it('count exactly when all of their conditions hold', () => {
    holds((list, call) => {
      const plainly = list.filter(({ conditions: c }) => {
        if (c.classes.length > 0 && !c.classes.some((each) => call.classes.has(each))) return false;
        if (c.origins.length > 0 && !c.origins.includes(call.origin)) return false;
        if (c.calledNumberIds.length > 0 && !c.calledNumberIds.includes(call.calledNumberId ?? '')) return false;
        if (c.regions.length > 0 && !c.regions.some((each) => call.region.indexOf(each) === 0)) return false;
        return c.hours === null || c.hours === (call.open ? 'open' : 'closed');
      });
      expect(judge(list, call).fitting.map(({ rule }) => rule)).toEqual(plainly);
    });
  });

  it('add up their priorities to at most the highest, and tell each share', () => {
    holds((list, call) => {
      const { priority, fitting } = judge(list, call);
      const sum = fitting.reduce((total, { rule }) => total + rule.effects.priority, 0);
      expect(priority).toBe(Math.min(PRIORITY_MAX, sum));
      expect(fitting.reduce((total, each) => total + each.priority, 0)).toBe(priority);
    });
  });

  it('decide about queue and dedicated agents by the first that fits and names one', () => {
    holds((list, call) => {
      const verdict = judge(list, call);
      const fitting = list.filter(({ conditions }) => fits(conditions, call));
      expect(verdict.queueId).toBe(fitting.find(({ effects }) => effects.queueId)?.effects.queueId ?? null);
      const dedicated = fitting.find(({ effects }) => effects.persons.length > 0)?.effects;
      expect(verdict.dedicated?.persons).toEqual(dedicated?.persons);
      expect(verdict.dedicated?.seconds).toEqual(dedicated?.personSeconds);
    });
  });

  it('change nothing about a call by one that does not fit', () => {
    fc.assert(
      fc.property(rules, rule, facts, fc.nat(8), (list, other, call, at) => {
        fc.pre(!fits(other.conditions, call));
        const more = [...list.slice(0, at), other, ...list.slice(at)];
        expect(judge(more, call)).toEqual(judge(list, call));
      }),
    );
  });

  it('need only the facts that they ask for', () => {
    holds((list, call) => {
      const asks = asksFor(list);
      const known = {
        ...call,
        classes: asks.classes ? call.classes : new Set<never>(),
        open: asks.hours ? call.open : true,
      };
      expect(judge(list, known)).toEqual(judge(list, call));
    });
  });

  it('of the standard put transfers from 12366 and the white list first', () => {
    const plain: CallFacts = {
      classes: new Set(['ordinary']),
      origin: 'direct',
      calledNumberId: null,
      region: '',
      open: true,
    };
    expect(judge(standardRules, plain).priority).toBe(0);
    expect(judge(standardRules, { ...plain, origin: 'province_transfer' }).priority).toBe(5);
    expect(judge(standardRules, { ...plain, classes: new Set(['white']) }).priority).toBe(10);
  });
});

/** Routing rules of a centre: what they make of a call. Pure. */
import {
  type CallerClass,
  type ContactOrigin,
  type RuleConditions,
  type RuleEffects,
  standardRules as standard,
} from '@rexian/contracts';
import { PRIORITY_MAX } from './matcher.ts';

export interface Rule {
  /** null: one of those that hold where a centre has none of its own. */
  id: string | null;
  name: string;
  conditions: RuleConditions;
  effects: RuleEffects;
}

/** What rules ask of a call. */
export interface CallFacts {
  classes: ReadonlySet<CallerClass>;
  origin: ContactOrigin;
  calledNumberId: string | null;
  /** Empty: not known. */
  region: string;
  /** Whether the centre is open now. */
  open: boolean;
}

export interface Verdict {
  priority: number;
  /** The first queue that a rule names. */
  queueId: string | null;
  /** The first dedicated agents that a rule names. */
  dedicated: { persons: readonly string[]; seconds: number } | null;
  /** The rules that fit, in order, each with what it brought about. */
  fitting: { rule: Rule; priority: number; queue: boolean; persons: boolean }[];
}

/** What holds for a centre without rules of its own. */
export const standardRules: readonly Rule[] = standard.map((rule) => ({ id: null, ...rule }));

export function fits({ classes, origins, calledNumberIds, regions, hours }: RuleConditions, call: CallFacts): boolean {
  const oneOf = <T>(list: readonly T[], holds: (value: T) => boolean) => list.length === 0 || list.some(holds);
  return (
    oneOf(classes, (each) => call.classes.has(each)) &&
    oneOf(origins, (each) => each === call.origin) &&
    oneOf(calledNumberIds, (each) => each === call.calledNumberId) &&
    oneOf(regions, (each) => call.region.startsWith(each)) &&
    (hours === null || (hours === 'open') === call.open)
  );
}

/** Rules in their order: priorities add up to at most PRIORITY_MAX; for queue and dedicated agents the first decides. */
export function judge(rules: readonly Rule[], call: CallFacts): Verdict {
  const verdict: Verdict = { priority: 0, queueId: null, dedicated: null, fitting: [] };
  for (const rule of rules) {
    if (!fits(rule.conditions, call)) continue;
    const { priority, queueId, persons, personSeconds } = rule.effects;
    const raised = Math.min(priority, PRIORITY_MAX - verdict.priority);
    const [queue, desk] = [queueId !== null && verdict.queueId === null, persons.length > 0 && !verdict.dedicated];
    verdict.priority += raised;
    if (queue) verdict.queueId = queueId;
    if (desk) verdict.dedicated = { persons, seconds: personSeconds };
    verdict.fitting.push({ rule, priority: raised, queue, persons: desk });
  }
  return verdict;
}

/** Which facts the rules ask for: what nobody asks need not be looked up. */
export function asksFor(rules: readonly Rule[]): { classes: boolean; hours: boolean } {
  return {
    classes: rules.some(({ conditions }) => conditions.classes.length > 0),
    hours: rules.some(({ conditions }) => conditions.hours !== null),
  };
}

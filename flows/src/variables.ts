/** What a flow knows: the caller and the time, which every flow has, and its own variables. */
import { z } from 'zod';

export type Value = string | number | boolean | null;
/** Own variables by name. Plain data: they are persisted at each node. */
export type Variables = Readonly<Record<string, Value>>;

/** Longer values are cut: what a flow keeps is spoken, compared or written into a message. */
export const MAX_VALUE = 500;

/** What every flow knows of its call. Empty where it isn't known. */
export interface Facts {
  caller: { number: string; region: string; class: string };
  called: { number: string; name: string };
}

/** Names that stand for the facts, with their parts and what people call them. */
export const FACTS = {
  caller: { number: '来电号码', region: '来电归属地', class: '来电人类别' },
  called: { number: '被叫号码', name: '被叫名称' },
  now: { date: '日期', time: '时间', year: '年', month: '月', day: '日', hour: '时', minute: '分', weekday: '星期几' },
} as const;

/** CEL's own words (language definition, «Identifiers» and «Reserved»). */
const RESERVED =
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  );
const FIXED = new Set([...RESERVED, ...Object.keys(FACTS)]);

export const variableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,39}$/, '变量名只能由字母、数字和下划线组成，且不以数字开头')
  .refine((name) => !FIXED.has(name), '该名称已被系统使用')
  .refine((name) => !(name in {}), '该名称不可使用');

export const isFact = (name: string, part: string | undefined): boolean => {
  const parts: object | undefined = Object.hasOwn(FACTS, name) ? FACTS[name as keyof typeof FACTS] : undefined;
  return parts !== undefined && (part === undefined || Object.hasOwn(parts, part));
};

/** Everything that an expression or a text can name at a moment. */
export type Scope = Readonly<Record<string, Value | Readonly<Record<string, Value>>>>;

export const scopeOf = (variables: Variables, facts: Facts, at: Date): Scope => ({
  ...variables,
  ...facts,
  now: clockAt(at),
});

const OFFSET_MS = 8 * 3_600_000;

/** The moment whose UTC is the time in Beijing, which knows no summer time. */
export const beijing = (at: Date): Date => new Date(at.getTime() + OFFSET_MS);

/** Beijing time; `weekday` 1 is Monday. */
function clockAt(at: Date): Record<keyof typeof FACTS.now, Value> {
  const there = beijing(at);
  const [date = '', time = ''] = there.toISOString().split('T');
  return {
    ...{ date, time: time.slice(0, 5) },
    ...{ year: there.getUTCFullYear(), month: there.getUTCMonth() + 1, day: there.getUTCDate() },
    ...{ hour: there.getUTCHours(), minute: there.getUTCMinutes(), weekday: there.getUTCDay() || 7 },
  };
}

/** What may be kept of something from outside; undefined: nothing. */
export function plainValue(raw: unknown): Value | undefined {
  if (typeof raw === 'string') return raw.slice(0, MAX_VALUE);
  if (typeof raw === 'boolean' || raw === null) return raw;
  return typeof raw === 'number' && Number.isFinite(raw) ? raw : undefined;
}

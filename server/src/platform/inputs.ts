/** What no route takes, whatever its schema allows: text that PostgreSQL can't hold, and shapes that only an attacker sends. */
import { refusal } from './errors.ts';

/** The contract's deepest input is far flatter. */
const DEEPEST = 32;

/** Throws BAD_REQUEST for NUL characters, lone surrogates, `__proto__` or a nesting without sense, anywhere in the input. */
export function refuseUnholdable(input: unknown): void {
  const waiting: [value: unknown, depth: number][] = [[input, 0]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [value, depth] = next;
    if (typeof value === 'string') refuseText(value);
    if (typeof value !== 'object' || value === null) continue;
    if (depth === DEEPEST) throw refusal('BAD_REQUEST', '内容嵌套过深');
    for (const part of partsOf(value)) waiting.push([part, depth + 1]);
  }
}

function partsOf(value: object): Iterable<unknown> {
  if (Array.isArray(value) || value instanceof Set) return value;
  if (value instanceof Map || value instanceof FormData) return [...value].flat();
  if (value instanceof File) return [value.name, value.type];
  if (Object.hasOwn(value, '__proto__')) throw refusal('BAD_REQUEST');
  return Object.entries(value).flat();
}

function refuseText(text: string): void {
  if (text.includes('\0') || !text.isWellFormed()) throw refusal('BAD_REQUEST', '内容含有无法保存的字符');
}

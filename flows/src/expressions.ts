/**
 * Expressions in CEL (https://cel.dev), which has no loops and no effects. Of its functions only those are let in whose work and result can't
 * grow beyond the expression's length: no regular expressions, no lists made of strings, no macros.
 */
import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { MAX_VALUE, type Scope, type Value } from './variables.ts';

/** `ok` false: it can't be worked out with these variables. */
export type Evaluated = { ok: true; value: Value } | { ok: false };

export const MAX_EXPRESSION = 500;
const FUNCTIONS = new Set(
  'size int double string bool has startsWith endsWith contains indexOf lastIndexOf substring trim lowerAscii upperAscii'.split(
    ' ',
  ),
);

const environment = mixedArithmetic(
  new Environment({
    unlistedVariablesAreDyn: true,
    limits: { maxAstNodes: 200, maxDepth: 20, maxListElements: 20, maxMapEntries: 10, maxCallArguments: 4 },
  }),
);

/** Strictly CEL has no `1.5 * 2`; whoever writes it means it. */
function mixedArithmetic(env: Environment): Environment {
  const operators: Record<string, (a: number, b: number) => number> = {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
  };
  for (const [operator, apply] of Object.entries(operators))
    for (const types of [`int ${operator} double`, `double ${operator} int`])
      env.registerOperator(types, (a: bigint | number, b: bigint | number) => apply(Number(a), Number(b)));
  return env;
}

interface Compiled {
  /** Names in it, with the part that is asked of each. */
  names: { name: string; part: string | undefined }[];
  evaluate(scope: Scope): unknown;
}

const compiled = new Map<string, Compiled | { fault: string }>();
const MAX_KEPT = 2_000;

/** Reads an expression once. `fault`: why it can't be used, in Chinese. */
export function readExpression(source: string): Compiled | { fault: string } {
  const known = compiled.get(source);
  if (known) return known;
  const read = compile(source);
  if (compiled.size >= MAX_KEPT) compiled.clear();
  compiled.set(source, read);
  return read;
}

function compile(source: string): Compiled | { fault: string } {
  if (source.length > MAX_EXPRESSION) return { fault: `表达式超过 ${MAX_EXPRESSION} 个字符` };
  try {
    const parsed = environment.parse(source);
    const found: Found = { names: [], refused: new Set() };
    walk(parsed.ast, found);
    const [refused] = found.refused;
    if (refused !== undefined) return { fault: `不支持函数 ${refused}` };
    const checked = parsed.check();
    if (!checked.valid) return { fault: faultOf(checked.error) };
    return { names: found.names, evaluate: (scope) => parsed(contextOf(scope)) };
  } catch (error) {
    return { fault: faultOf(error) };
  }
}

/** Says where; what is wrong there the library only says in English. */
function faultOf(error: unknown): string {
  const start = (error as { range?: { start?: number } }).range?.start;
  return start === undefined ? '表达式写法有误' : `表达式第 ${start + 1} 个字符处有误`;
}

interface Found {
  names: Compiled['names'];
  refused: Set<string>;
}

function walk(node: ASTNode, found: Found): void {
  switch (node.op) {
    case 'value':
      return;
    case 'id':
      found.names.push({ name: node.args, part: undefined });
      return;
    case '.': {
      const [of, part] = node.args;
      if (of.op === 'id') found.names.push({ name: of.args, part });
      else walk(of, found);
      return;
    }
    case 'call':
      if (!FUNCTIONS.has(node.args[0])) found.refused.add(node.args[0]);
      for (const each of node.args[1]) walk(each, found);
      return;
    case 'rcall':
      if (!FUNCTIONS.has(node.args[0])) found.refused.add(node.args[0]);
      for (const each of [node.args[1], ...node.args[2]]) walk(each, found);
      return;
    case 'list':
      for (const each of node.args) walk(each, found);
      return;
    case 'map':
      for (const each of node.args.flat()) walk(each, found);
      return;
    case '!_':
    case '-_':
      walk(node.args, found);
      return;
    case '.?':
    case '[?]':
      found.refused.add(node.op);
      return;
    default:
      for (const each of node.args) walk(each, found);
  }
}

type Raw = string | number | bigint | boolean | null;

/** CEL's integers are 64 bits wide. */
const rawOf = (value: Value): Raw => (Number.isSafeInteger(value) ? BigInt(value as number) : value);

function contextOf(scope: Scope): Record<string, Raw | Record<string, Raw>> {
  const context: Record<string, Raw | Record<string, Raw>> = Object.create(null);
  for (const [name, value] of Object.entries(scope))
    context[name] =
      value !== null && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([part, each]) => [part, rawOf(each)]))
        : rawOf(value);
  return context;
}

/** Works an expression out; never throws. */
export function evaluate(source: string, scope: Scope): Evaluated {
  const read = readExpression(source);
  if ('fault' in read) return { ok: false };
  try {
    return resultOf(read.evaluate(scope));
  } catch {
    return { ok: false };
  }
}

function resultOf(raw: unknown): Evaluated {
  const value = typeof raw === 'bigint' ? Number(raw) : raw;
  if (typeof value === 'string') return { ok: true, value: value.slice(0, MAX_VALUE) };
  if (typeof value === 'number')
    return Number.isFinite(value) && (typeof raw === 'number' || Number.isSafeInteger(value))
      ? { ok: true, value }
      : { ok: false };
  return typeof value === 'boolean' || value === null ? { ok: true, value } : { ok: false };
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, readExpression } from './expressions.ts';
import { FACTS, NOW } from './testing.ts';
import { scopeOf, variableName } from './variables.ts';

const scope = scopeOf({ n: 3, half: 1.5, text: '南宁', yes: true }, FACTS, NOW);
const fault = (source: string) => (readExpression(source) as { fault?: string }).fault;

describe('expressions', () => {
  it.each([
    ['n + 1', 4],
    ['n * half', 4.5],
    ['half - 1', 0.5],
    ['1 / half > 0.6', true],
    ['n == 3 && half == 1.5', true],
    ['text + "市"', '南宁市'],
    ['text.startsWith("南") ? "是" : "否"', '是'],
    ['size(text) == 2', true],
    ['int("42") + n', 45],
    ['string(n) + "元"', '3元'],
    ['caller.number.substring(0, 3)', '138'],
    ['text in ["南宁", "柳州"]', true],
    ['now.weekday', 7],
    ['has(caller.region) && caller.class != "white"', true],
    ['null', null],
  ])('%s', (source, value) => {
    expect(evaluate(source, scope)).toEqual({ ok: true, value });
  });

  it.each([
    'gone',
    'caller.gone',
    '1 / 0',
    'n + text',
    '[1]',
    '{"a": 1}',
    'caller',
    'now',
    '9223372036854775807',
    'constructor',
    'caller.constructor',
    '1.0 / 0.0',
    'yes + 1',
  ])('%s can not be worked out, and throws nothing', (source) => {
    expect(evaluate(source, scope)).toEqual({ ok: false });
  });

  it.each([
    ['n +', '表达式第 4 个字符处有误'],
    ['变量 == 1', '表达式第 1 个字符处有误'],
    ['n = 1', '表达式第 3 个字符处有误'],
    ['text.matches("(a+)+$")', '不支持函数 matches'],
    ['[1, 2].all(x, x > 0)', '不支持函数 all'],
    ['cel.bind(x, text + text, x + x)', '不支持函数 bind'],
    ['text.split("").join(text)', '不支持函数 join'],
    ['b"{}".json()', '不支持函数 json'],
    ['eval("1")', '不支持函数 eval'],
  ])('%s is refused: %s', (source, why) => {
    expect(fault(source)).toBe(why);
  });

  it('have bounds', () => {
    expect(fault(`${'1 + '.repeat(200)}1`)).toBe('表达式超过 500 个字符');
    expect(fault(`${'('.repeat(200)}1${')'.repeat(200)}`)).toContain('有误');
    const long = evaluate(Array.from({ length: 50 }, () => 't').join(' + '), { t: 'x'.repeat(500) });
    expect(long).toEqual({ ok: true, value: 'x'.repeat(500) });
  });

  it('never throw, whatever they are', () => {
    const words = fc.constantFrom(
      'n',
      'text',
      'caller',
      '.',
      'number',
      '+',
      '-',
      '(',
      ')',
      '[',
      ']',
      '"a"',
      '1',
      '1.5',
      '?',
      ':',
      '==',
      '&&',
      '!',
      'size',
      ',',
      '{',
      '}',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words, { maxLength: 12 }).map((each) => each.join('')),
        ),
        (source) => {
          const result = evaluate(source, scope);
          if (result.ok) expect(['string', 'number', 'boolean', 'object']).toContain(typeof result.value);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('know the names in them', () => {
    const read = readExpression('a > 1 && caller.region == b ? size(c.d) : [e][0]');
    expect('names' in read && read.names.map(({ name, part }) => (part ? `${name}.${part}` : name))).toEqual([
      'a',
      'caller.region',
      'b',
      'c.d',
      'e',
    ]);
  });
});

it('variables have names of their own', () => {
  for (const name of ['caller', 'now', 'in', 'true', '1a', 'a b', '税号', '__proto__', 'constructor', ''])
    expect(variableName.safeParse(name).success, name).toBe(false);
  for (const name of ['tax', 'tax_2', '_x', 'T']) expect(variableName.safeParse(name).success, name).toBe(true);
});

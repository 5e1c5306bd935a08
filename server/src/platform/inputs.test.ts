import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refuseUnholdable } from './inputs.ts';

const refused = expect.objectContaining({ code: 'BAD_REQUEST' });

describe('refuses', () => {
  const wrong = ['a\0b', '\ud800', 'x\udfffy', JSON.parse('{"__proto__":{}}'), new File(['x'], 'a\0.xlsx')];
  const places = (value: unknown) => [
    value,
    [1, [value]],
    { a: { b: value } },
    { a: [{ b: value }] },
    new Map([['a', value]]),
    new Map([[value, 1]]),
    new Set([value]),
  ];
  test.each(wrong.flatMap(places))('%j', (input) => {
    expect(() => refuseUnholdable(input)).toThrow(refused);
  });

  test('keys, names of form fields and deep nests', () => {
    expect(() => refuseUnholdable({ 'a\0': 1 })).toThrow(refused);
    const form = new FormData();
    form.set('a\0b', 'x');
    expect(() => refuseUnholdable(form)).toThrow(refused);
    let nest: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) nest = level % 2 ? [nest] : { nest };
    expect(() => refuseUnholdable(nest)).toThrow(refused);
  });
});

test('takes whatever JSON of a sensible depth holds well-formed text', () => {
  const holdable = fc.jsonValue({ stringUnit: 'grapheme', maxDepth: 8 }).filter((value) => {
    const json = JSON.stringify(value);
    return !json.includes('\\u0000') && !json.includes('__proto__');
  });
  fc.assert(fc.property(holdable, (value) => refuseUnholdable(value) === undefined));
  for (const value of [undefined, null, 0, new Date(), new File(['\0'], '机构.xlsx'), '👩‍👩‍👧‍👦𠮷'])
    expect(refuseUnholdable(value)).toBeUndefined();
});

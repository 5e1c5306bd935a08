import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SpokenKind, spoken } from './spoken.ts';

describe('spoken values', () => {
  it.each([
    ['number', 0, '零'],
    ['number', 10, '十'],
    ['number', 110, '一百一十'],
    ['number', 1001, '一千零一'],
    ['number', 10_010, '一万零一十'],
    ['number', 100_000, '十万'],
    ['number', 1_000_001, '一百万零一'],
    ['number', 120_003_004, '一亿二千万三千零四'],
    ['number', -12.05, '负十二点零五'],
    ['number', '007', '七'],
    ['number', 'abc', 'abc'],
    ['money', 0, '零元'],
    ['money', 1234.5, '一千二百三十四元五角'],
    ['money', 12.05, '十二元零五分'],
    ['money', 0.5, '五角'],
    ['money', '100.00', '一百元'],
    ['money', -3.14, '负三元一角四分'],
    ['date', '2026-11-02', '二零二六年十一月二日'],
    ['date', '20261130', '二零二六年十一月三十日'],
    ['date', '2026-13-01', '2026-13-01'],
    ['time', '08:30', '八点三十分'],
    ['time', '16:00', '十六点整'],
    ['time', '2026-11-22T09:05:00', '九点零五分'],
    ['digits', '2026110A', '二零二六幺幺零A'],
    ['digits', null, ''],
  ] as [SpokenKind, string | number | null, string][])('%s %s: %s', (kind, value, text) => {
    expect(spoken(kind, value)).toBe(text);
  });

  it('read back as the number that they are', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 16n - 1n), (number) => {
        expect(readBack(spoken('number', String(number)))).toBe(number);
      }),
    );
  });
});

/** The number that was said. */
function readBack(said: string): bigint {
  let [whole, group, digit] = [0n, 0n, 0n];
  for (const character of said) {
    const value = '零一二三四五六七八九'.indexOf(character);
    const unit = { 十: 10n, 百: 100n, 千: 1000n }[character];
    if (value >= 0) digit = BigInt(value);
    else if (unit) {
      // 十 alone is ten.
      group += (digit || 1n) * unit;
      digit = 0n;
    } else if (character === '万') {
      whole += (group + digit) * 10_000n;
      [group, digit] = [0n, 0n];
    } else if (character === '亿') {
      whole = (whole + group + digit) * 100_000_000n;
      [group, digit] = [0n, 0n];
    }
  }
  return whole + group + digit;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SPOKEN_KINDS, type SpokenKind, spoken } from './spoken.ts';

const kinds = Object.keys(SPOKEN_KINDS) as SpokenKind[];

describe('spoken values', () => {
  it.each([
    ['number', 0, '零'],
    ['number', 10, '十'],
    ['number', 110, '一百一十'],
    ['number', 1001, '一千零一'],
    ['number', 2200, '两千二百'],
    ['number', 10_010, '一万零一十'],
    ['number', 100_000, '十万'],
    ['number', 1_000_001, '一百万零一'],
    ['number', '100000001', '一亿零一'],
    ['number', '200020002000', '两千亿两千万两千'],
    ['number', -12.05, '负十二点零五'],
    ['number', '1,234', '一千二百三十四'],
    ['number', '007', '七'],
    ['number', 'abc', 'abc'],
    ['number', 1e21, '1e+21'],
    ['money', 0, '零元'],
    ['money', 1234.5, '一千二百三十四元五角'],
    ['money', 12.05, '十二元零五分'],
    ['money', 0.1 + 0.2, '三角'],
    ['money', '1234.56', '一千二百三十四元五角六分'],
    ['money', '100.00', '一百元'],
    ['money', -3.14, '负三元一角四分'],
    ['money', '-2', '负两元'],
    ['percent', 13, '百分之十三'],
    ['percent', '2.5%', '百分之二点五'],
    ['date', '2026-11-02', '二零二六年十一月二日'],
    ['date', '2026/1/2', '二零二六年一月二日'],
    ['date', '20261130', '二零二六年十一月三十日'],
    ['date', '2026-11-02 08:30', '二零二六年十一月二日'],
    ['date', '2026-11-21T16:00:00Z', '二零二六年十一月二十二日'],
    ['date', '2024-02-29', '二零二四年二月二十九日'],
    ['date', '20260229', '20260229'],
    ['date', '2026-13-01', '2026-13-01'],
    ['time', '08:30', '八点三十分'],
    ['time', '16:00', '十六点'],
    ['time', '2026-11-22T09:05:00', '九点零五分'],
    ['time', '2026-11-22T00:05:00Z', '八点零五分'],
    ['time', '2026-11-22T09:05:00.250+08:00', '九点零五分'],
    ['time', '24:61', '24:61'],
    ['digits', '2026110A', '二零二六幺幺零A'],
    ['digits', '0771-12366', '零七七幺，幺二三六六'],
    ['digits', null, ''],
    ['ticket', 'GX20260001', 'GX，二零二六，零零零幺'],
    ['ticket', '工单', '工单'],
  ] as [SpokenKind, string | number | null, string][])('%s %s: %s', (kind, value, text) => {
    expect(spoken(kind, value)).toBe(text);
  });

  it('are understood as the numbers that they are', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        expect(understood(spoken('number', value))).toBe(value);
      }),
    );
  });

  it('are amounts of money to the last fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (fen) => {
        const text = spoken('money', `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`);
        const [, yuan = '零', jiao = '零', rest = '零'] = /^(?:(.+)元)?零?(?:(.)角)?(?:(.)分)?$/.exec(text) ?? [];
        expect(understood(yuan) * 100 + understood(jiao) * 10 + understood(rest)).toBe(fen);
      }),
    );
  });

  it('are digits and ticket numbers, one by one', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,20}$/), (digits) => {
        expect(oneByOne(spoken('digits', digits))).toBe(digits);
        expect(oneByOne(spoken('ticket', digits).replaceAll('，', ''))).toBe(digits);
      }),
    );
  });

  it('are of their kind or stay as they are', () => {
    const values = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.date().map(String));
    fc.assert(
      fc.property(fc.constantFrom(...kinds), values, (kind, value) => {
        const said = spoken(kind, value);
        if (/\d/.test(said)) expect(said).toBe(String(value).trim());
      }),
    );
  });
});

const VALUES = Object.fromEntries([...'零一二三四五六七八九'].map((sign, value) => [sign, value]));
const UNITS: Record<string, number> = { 十: 10, 百: 100, 千: 1000 };

/** What a listener understands: 一万两千零五 → 12005. */
function understood(text: string): number {
  const [head, tail] = split(text, '万亿') ?? split(text, '亿') ?? split(text, '万') ?? [];
  if (head !== undefined && tail !== undefined)
    return understood(head) * (text.includes('亿') ? 1e8 : 1e4) + understood(tail);
  let sum = 0;
  let digit = 0;
  for (const sign of text.replace(/^十/, '一十').replaceAll('两', '二')) {
    const unit = UNITS[sign];
    if (unit) sum += digit * unit;
    digit = unit ? 0 : (VALUES[sign] ?? Number.NaN);
  }
  return sum + digit;
}

function split(text: string, sign: string): [string, string] | null {
  const at = text.lastIndexOf(sign);
  if (at < 0) return null;
  return sign === '万亿'
    ? [text.slice(0, at + 1), text.slice(at + 2)]
    : [text.slice(0, at), text.slice(at + sign.length)];
}

const oneByOne = (text: string) => [...text.replaceAll('幺', '一')].map((sign) => VALUES[sign]).join('');

/** What is spoken: hard phrases with the pinyin they should have, and values that are understood again. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPinyin } from './mandarin.ts';
import { speakable } from './speakable.ts';
import { spoken, spokenKinds } from './spoken.ts';

const phrases = readFileSync(join(import.meta.dirname, 'hard-phrases.tsv'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t') as [text: string, pinyin: string]);

describe('hard phrases', () => {
  it('are at least sixty, each with its pinyin', () => {
    expect(phrases.length).toBeGreaterThanOrEqual(60);
    for (const [text, pinyin] of phrases) expect(pinyin, text).toMatch(/^[a-z]+[1-5]( ([a-z]+[1-5]|[,.]))*$/);
  });
  it.each(phrases)('%s', (text, pinyin) => expect(toPinyin(speakable(text))).toBe(pinyin));
});

describe('speakable', () => {
  it.each([
    ['2元', '两元'],
    ['12345户', '一万两千三百四十五户'],
    ['5-10元', '五至十元'],
    ['3%-5%', '百分之三至百分之五'],
    ['3-5%', '百分之三至百分之五'],
    ['2024-2026年度', '二零二四至二零二六年度'],
    ['第2026号', '第二零二六号'],
    ['税率为3‰', '税率为千分之三'],
    ['￥１２３', '一百二十三元'],
    ['400-123-4567', '四零零，幺二三，四五六七'],
    ['1.5亿', '一点五亿'],
    ['100%', '百分之一百'],
    ['14时05分', '十四时零五分'],
    ['按#键', '按井号键'],
    // No day, no hour, no fraction: read as they stand.
    ['2026/02/30', '二零二六/零二/三十'],
    ['25:70', '二十五:七十'],
    ['24/7', '二十四/七'],
  ])('%s', (text, expected) => expect(speakable(text)).toBe(expected));

  it('leaves no digit, never fails, and reads its own words again as they are', () => {
    const texts = fc.array(
      fc.constantFrom(...'0123456789.,-/:%元年月日号第〔〕¥热线拨打共APP个￥：～＃ ', '１', '２', '\n', '😀'),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(texts, (signs) => {
        const read = speakable(signs.join(''));
        expect(read).not.toMatch(/[0-9０-９]/);
        expect(speakable(read)).toBe(read);
        expect(toPinyin(read)).toMatch(/^(|[a-z]+[1-5]( ([a-z]+[1-5]|[,.]))*)$/);
      }),
    );
  });
});

describe('toPinyin', () => {
  it('gives nothing for text without anything to say', () => expect(toPinyin('…！')).toBe(''));
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

describe('spoken', () => {
  it.each([
    ['number', '0', '零'],
    ['number', 15, '十五'],
    ['number', 105, '一百零五'],
    ['number', 2200, '两千二百'],
    ['number', 10_010, '一万零一十'],
    ['number', '100000001', '一亿零一'],
    ['number', '200020002000', '两千亿两千万两千'],
    ['number', '-3.05', '负三点零五'],
    ['number', 'abc', null],
    ['number', Number.NaN, null],
    ['money', '0.00', '零元'],
    ['money', '1234.56', '一千二百三十四元五角六分'],
    ['money', '100.05', '一百元零五分'],
    ['money', 0.1 + 0.2, '三角'],
    ['money', '-2', '负两元'],
    ['percent', '13%', '百分之十三'],
    ['date', '20260229', null],
    ['date', '2024-02-29', '二零二四年二月二十九日'],
    ['date', new Date('2026-11-21T16:00:00Z'), '二零二六年十一月二十二日'],
    ['time', '2026-11-22T00:05:00Z', '八点零五分'],
    ['time', '24:61', null],
    ['time', new Date(Number.NaN), null],
    ['digits', '0771-12366', '零七七幺，幺二三六六'],
    ['ticket', 'GX20260001', 'GX，二零二六，零零零幺'],
    ['ticket', '工单', null],
  ] as const)('%s %s', (kind, value, expected) => expect(spoken(kind, value)).toBe(expected));

  it('numbers are understood as they were', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        expect(understood(spoken('number', value) ?? '')).toBe(value);
      }),
    );
  });

  it('amounts of money are understood to the last fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (fen) => {
        const text = spoken('money', `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`) ?? '';
        const [, yuan = '零', jiao = '零', rest = '零'] = /^(?:(.+)元)?零?(?:(.)角)?(?:(.)分)?$/.exec(text) ?? [];
        expect(understood(yuan) * 100 + understood(jiao) * 10 + understood(rest)).toBe(fen);
      }),
    );
  });

  it('digits and ticket numbers are understood one by one', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,20}$/), (digits) => {
        expect(oneByOne(spoken('digits', digits) ?? '')).toBe(digits);
        expect(oneByOne((spoken('ticket', digits) ?? '').replaceAll('，', ''))).toBe(digits);
      }),
    );
  });

  it('says nothing of what it is not, and never fails', () => {
    fc.assert(
      fc.property(fc.constantFrom(...spokenKinds), fc.oneof(fc.string(), fc.double(), fc.date()), (kind, value) => {
        expect(spoken(kind, value)?.match(/\d/) ?? null).toBe(null);
      }),
    );
  });
});

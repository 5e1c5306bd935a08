/** What is spoken: hard phrases with the pinyin they should have. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPinyin } from './mandarin.ts';
import { speakable } from './speakable.ts';

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

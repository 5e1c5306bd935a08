import { describe, expect, it } from 'vitest';
import { numeral, toPinyin } from './mandarin.ts';

describe('toPinyin', () => {
  it.each([
    ['您好，请按1', 'nin2 hao3 , qing3 an4 yi1'],
    ['欢迎致电12366', 'huan1 ying2 zhi4 dian4 yao1 er4 san1 liu4 liu4'],
    ['您前面还有12位', 'nin2 qian2 mian4 hai2 you3 shi2 er4 wei4'],
    ['银行重复扣缴', 'yin2 hang2 chong2 fu4 kou4 jiao3'],
    ['女士，我们的服务', 'nv3 shi4 , wo3 men5 de5 fu2 wu4'],
  ])('reads %s', (text, expected) => expect(toPinyin(text)).toBe(expected));

  it('gives nothing for text without Chinese or digits', () => expect(toPinyin('abc!')).toBe(''));
});

describe('numeral', () => {
  it.each([
    [0, '零'],
    [10, '十'],
    [15, '十五'],
    [20, '二十'],
    [105, '一百零五'],
    [110, '一百一十'],
    [999, '九百九十九'],
  ])('%i is %s', (value, text) => expect(numeral(value)).toBe(text));
});

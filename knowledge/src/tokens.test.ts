import { describe, expect, it } from 'vitest';
import { readPinyin, soundsOf } from './sounds.ts';
import { Thesaurus } from './thesaurus.ts';
import { tokensOf } from './tokens.ts';

const none = new Thesaurus([]);
const of = (text: string, thesaurus = none) => [...tokensOf(text, thesaurus).keys()];

describe('sounds', () => {
  it('are those of the characters, and the same for what is easily confused', () => {
    expect(soundsOf([...'增值税'])).toEqual(['zen', 'zi', 'sui']);
    expect(soundsOf([...'社保'])).toEqual(soundsOf([...'射宝']));
    expect(soundsOf([...'零申报'])).toEqual(soundsOf([...'宁深包']));
  });

  it('are read from letters by the fewest syllables, and not from other words', () => {
    expect(readPinyin('shebao')).toEqual(['se', 'bao']);
    expect(readPinyin('xian')).toEqual(['xian']);
    expect(readPinyin('nvren')).toEqual(['nv', 'ren']);
    expect(readPinyin('ukey')).toBeNull();
    expect(readPinyin('')).toEqual([]);
  });
});

describe('the thesaurus', () => {
  const thesaurus = new Thesaurus([
    { term: '增值税专用发票', synonyms: ['专票', '增专'] },
    { term: '增值税', synonyms: ['增值'] },
    { term: '工资薪金', synonyms: ['工资'] },
    { term: '劳务报酬', synonyms: ['工资'] },
  ]);

  it('knows the longest word, and all terms that a word may mean', () => {
    expect(thesaurus.termsIn('开增值税专用发票')).toEqual(['增值税专用发票']);
    expect(thesaurus.termsIn('专票和增值')).toEqual(['增值税专用发票', '增值税']);
    expect(thesaurus.termsIn('发工资')).toEqual(['工资薪金', '劳务报酬']);
    expect(thesaurus.termsIn('')).toEqual([]);
  });

  it('makes an abbreviation and its term meet', () => {
    expect(of('专票', thesaurus)).toContain('t增值税专用发票');
    expect(of('增值税专用发票', thesaurus)).toContain('t增值税专用发票');
  });
});

describe('tokens', () => {
  it('are the same for full-width and half-width forms and for cases', () => {
    expect(of('ＡＰＰ　１２３')).toEqual(of('app 123'));
  });

  it('hold every pair that says something, and none of what asks only', () => {
    expect(of('契税')).toEqual(expect.arrayContaining(['b契税', 'c契', 'c税', 'sqi sui']));
    expect(of('什么怎么')).toEqual([]);
  });

  it('of letters are their sounds', () => {
    expect(of('shebao')).toContain('sse bao');
    expect(of('社保')).toContain('sse bao');
  });

  it('never fail, whatever is typed', () => {
    for (const text of ['', ' ', '😀', '㐀𠀀', '%_\\', '\u0000', 'é́', 'a'.repeat(5_000), '税'.repeat(5_000)]) {
      expect(() => tokensOf(text, none)).not.toThrow();
    }
  });
});

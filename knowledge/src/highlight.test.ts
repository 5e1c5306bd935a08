import { expect, it } from 'vitest';
import { marked, needlesOf, type Parts, snippet } from './highlight.ts';
import { Thesaurus } from './thesaurus.ts';

const thesaurus = new Thesaurus([{ term: '增值税专用发票', synonyms: ['专票'] }]);
const shown = (parts: Parts | undefined) => parts?.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');
const mark = (asked: string, text: string) => shown(marked(text, needlesOf(asked, thesaurus)));

it('marks characters, synonyms, sounds and pinyin', () => {
  expect(mark('丢失发票怎么办', '发票丢失的处理')).toBe('[发票丢失]的处理');
  expect(mark('专票', '增值税专用发票的领用')).toBe('[增值税专用发票]的领用');
  expect(mark('善养老人', '赡养父母')).toBe('[赡养]父母');
  expect(mark('shebao', '社保缴费')).toBe('[社保]缴费');
  expect(mark('ａ101010', '附表A101010')).toBe('附表[A101010]');
  expect(mark('怎么', '怎么办')).toBe('怎么办');
});

it('keeps the text as it is', () => {
  const text = '㎡与ﬁ：𠮷发票';
  const parts = marked(text, needlesOf('发票', thesaurus));
  expect(parts.map((part) => part.text).join('')).toBe(text);
  expect(parts.at(-1)).toEqual({ text: '发票', hit: true });
});

it('shows the place that says most', () => {
  const body = `${'第一段与此无关，说的是别的事情。'.repeat(9)}留抵退税应当满足的条件如下。${'后面的话。'.repeat(30)}`;
  const found = snippet(body, needlesOf('留抵退税条件', thesaurus), 40);
  expect(shown(found?.parts)).toMatch(/^…\[留抵退税\]应当满足的\[条件\]如下。/);
  expect(found?.parts.map(({ text }) => text).join('').length).toBeLessThanOrEqual(42);
  expect(snippet(body, needlesOf('车船', thesaurus), 40)).toBeNull();
  expect(shown(snippet('短：发票', needlesOf('发票', thesaurus), 40)?.parts)).toBe('短：[发票]');
});

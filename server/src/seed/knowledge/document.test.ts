import { expect, it } from 'vitest';
import { documentOf } from './document.ts';

const id = '00000000-0000-7000-8000-000000000001';
const paragraph = (content: unknown[]) => ({ type: 'paragraph', content });
const text = (words: string, ...marks: unknown[]) => ({
  type: 'text',
  text: words,
  ...(marks.length > 0 ? { marks } : {}),
});

it('reads what the demo is written in', () => {
  const markdown = [
    '# 一\n\n甲**乙：**丙 & [丁](article:x) <10%',
    '1. 先\n   - 后',
    '| 栏 |\n| --- |\n| [税务](https://chinatax.gov.cn/) |',
  ].join('\n\n');
  expect(documentOf(markdown, () => id).content).toEqual([
    { type: 'heading', attrs: { level: 2 }, content: [text('一')] },
    paragraph([
      text('甲'),
      text('乙：', { type: 'bold' }),
      text('丙 & '),
      text('丁', { type: 'link', attrs: { articleId: id } }),
      text(' <10%'),
    ]),
    {
      type: 'orderedList',
      attrs: { start: 1 },
      content: [
        {
          type: 'listItem',
          content: [
            paragraph([text('先')]),
            { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph([text('后')])] }] },
          ],
        },
      ],
    },
    {
      type: 'table',
      content: [
        { type: 'tableRow', content: [{ type: 'tableHeader', content: [paragraph([text('栏')])] }] },
        {
          type: 'tableRow',
          content: [
            {
              type: 'tableCell',
              content: [paragraph([text('税务', { type: 'link', attrs: { href: 'https://chinatax.gov.cn/' } })])],
            },
          ],
        },
      ],
    },
  ]);
});

it('refuses what articles have no node for', () => {
  expect(() => documentOf('<script>x</script>', () => id)).toThrow(/html/);
});

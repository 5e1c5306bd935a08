import type { ArticleDocument } from '@rexian/contracts';
import { expect, it } from 'vitest';
import { asEdited, documentOf } from './document.ts';

const fileId = '019a8f00-0000-7000-8000-000000000001';
const text = (words: string) => ({ type: 'text', text: words }) as const;
const stored: ArticleDocument = {
  type: 'doc',
  content: [
    { type: 'heading', attrs: { level: 2 }, content: [text('步骤')] },
    {
      type: 'orderedList',
      content: [{ type: 'listItem', content: [{ type: 'paragraph', content: [text('登录')] }] }],
    },
    { type: 'image', attrs: { fileId, alt: '界面' } },
    {
      type: 'table',
      content: [
        {
          type: 'tableRow',
          content: [{ type: 'tableHeader', content: [{ type: 'paragraph', content: [text('税种')] }] }],
        },
      ],
    },
    {
      type: 'paragraph',
      content: [
        { ...text('公告'), marks: [{ type: 'link', attrs: { href: 'https://example.gov.cn/' } }] },
        { ...text('另见'), marks: [{ type: 'link', attrs: { articleId: fileId } }, { type: 'bold' }] },
      ],
    },
  ],
};

it('gives back what was stored, with its attributes written out, and stands still then', () => {
  const edited = asEdited(stored);
  expect(edited.content[1]).toMatchObject({ type: 'orderedList', attrs: { start: 1 } });
  expect(edited.content[2]).toEqual(stored.content[2]);
  expect(edited.content[4]).toMatchObject({
    content: [{ marks: [{ attrs: { href: 'https://example.gov.cn/' } }] }, {}],
  });
  expect(asEdited(edited)).toEqual(edited);
});

it('leaves out pictures that aren’t here yet, and the empty lines at the end', () => {
  const uploading = { type: 'image', attrs: { fileId: null, alt: '', upload: 'one' } };
  const paragraph = { type: 'paragraph' };
  const cell = { type: 'tableCell', attrs: { colspan: 1, rowspan: 1, colwidth: null }, content: [uploading] };
  const edited = {
    type: 'doc',
    content: [uploading, { type: 'table', content: [{ type: 'tableRow', content: [cell] }] }, paragraph, paragraph],
  };
  expect(documentOf(edited)).toEqual({
    type: 'doc',
    content: [{ type: 'table', content: [{ type: 'tableRow', content: [{ ...cell, content: [paragraph] }] }] }],
  });
  expect(documentOf({ type: 'doc', content: [paragraph, paragraph] })).toEqual({ type: 'doc', content: [paragraph] });
});

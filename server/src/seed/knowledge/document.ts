/** Markdown as the demo's articles are written in, as the document that articles are kept as. Throws an Error for what those don't know. */
import {
  type ArticleDocument,
  articleDocument,
  type DocumentBlock,
  type DocumentInline,
  type DocumentMark,
} from '@rexian/contracts';
import { Marked, type Token, type Tokens } from 'marked';

/**
 * **Bold** wherever it stands. CommonMark wants a space or a sign around stars that stand beside a sign, as in `**10日内：**办理`, and Chinese has
 * no spaces.
 */
const reader = new Marked({
  extensions: [
    {
      ...{ name: 'strong', level: 'inline' },
      start: (source) => source.indexOf('**'),
      tokenizer(source) {
        const [raw, inner] = /^\*\*(?=\S)([^*]*[^*\s])\*\*/.exec(source) ?? [];
        if (raw === undefined || inner === undefined) return undefined;
        return { type: 'strong', raw, text: inner, tokens: this.lexer.inlineTokens(inner) };
      },
    },
  ],
});

/** Id of the article that a slug stands for. */
export type IdOf = (slug: string) => string;

export const documentOf = (markdown: string, idOf: IdOf): ArticleDocument =>
  articleDocument.parse({ type: 'doc', content: blocks(reader.lexer(markdown), idOf) });

const blocks = (tokens: readonly Token[], idOf: IdOf): DocumentBlock[] => tokens.flatMap((token) => block(token, idOf));

function block(token: Token, idOf: IdOf): DocumentBlock[] {
  switch (token.type) {
    case 'space':
      return [];
    case 'hr':
      return [{ type: 'horizontalRule' }];
    case 'heading': {
      const { depth } = token as Tokens.Heading;
      const level = depth <= 2 ? 2 : depth === 3 ? 3 : 4;
      return [{ type: 'heading', attrs: { level }, content: inlines(token, idOf) }];
    }
    case 'paragraph':
    case 'text':
      return [paragraph(token, idOf)];
    case 'blockquote':
      return [{ type: 'blockquote', content: blocks((token as Tokens.Blockquote).tokens, idOf) }];
    case 'list': {
      const { ordered, start, items } = token as Tokens.List;
      const content = items.map((item) => ({ type: 'listItem' as const, content: blocks(item.tokens, idOf) }));
      return [
        ordered ? { type: 'orderedList', attrs: { start: start || 1 }, content } : { type: 'bulletList', content },
      ];
    }
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      const cells = (type: 'tableHeader' | 'tableCell', row: Tokens.TableCell[]) => ({
        type: 'tableRow' as const,
        content: row.map((cell) => ({ type, content: [paragraph(cell, idOf)] })),
      });
      return [
        { type: 'table', content: [cells('tableHeader', header), ...rows.map((row) => cells('tableCell', row))] },
      ];
    }
    default:
      throw new Error(`Markdown that articles have no node for: ${token.type} ${token.raw}`);
  }
}

interface Inlined {
  tokens?: Token[];
  text?: string;
}

const paragraph = (token: Inlined, idOf: IdOf) => ({ type: 'paragraph' as const, content: inlines(token, idOf) });

const inlines = ({ tokens = [] }: Inlined, idOf: IdOf): DocumentInline[] =>
  tokens.flatMap((token) => inline(token, idOf, []));

const plainMarks: Record<string, DocumentMark> = {
  strong: { type: 'bold' },
  em: { type: 'italic' },
  del: { type: 'strike' },
};

function inline(token: Token, idOf: IdOf, marks: DocumentMark[]): DocumentInline[] {
  const within = (more: DocumentMark) =>
    ((token as Inlined).tokens ?? []).flatMap((each) => inline(each, idOf, [...marks, more]));
  const plain = plainMarks[token.type];
  if (plain) return within(plain);
  switch (token.type) {
    case 'br':
      return [{ type: 'hardBreak' }];
    case 'link':
      return within({ type: 'link', attrs: target((token as Tokens.Link).href, idOf) });
    case 'text':
    case 'escape':
      return [{ type: 'text', text: (token as Tokens.Text).text, ...(marks.length > 0 ? { marks } : {}) }];
    default:
      throw new Error(`Markdown that articles have no mark for: ${token.type} ${token.raw}`);
  }
}

const ARTICLE = 'article:';
const target = (href: string, idOf: IdOf) =>
  href.startsWith(ARTICLE) ? { articleId: idOf(href.slice(ARTICLE.length)) } : { href };

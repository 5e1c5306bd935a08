import {
  type ArticleDocument,
  type DocumentBlock,
  type DocumentInline,
  type DocumentMark,
  FILES_PATH,
} from '@rexian/contracts';
import { Image } from 'antd';
import { Fragment, type ReactNode } from 'react';
import { ArticleLink } from './ArticleLink.tsx';
import './body.css';

type Props = {
  document: ArticleDocument;
  /** An article that it leads to was clicked. */
  onArticle(id: string): void;
};

/** The body of an article as people read it, node by node: nothing of it is ever taken for HTML. */
export function ArticleBody({ document, onArticle }: Props) {
  return (
    <div className="article-body">
      <Image.PreviewGroup>
        <Blocks blocks={document.content} onArticle={onArticle} />
      </Image.PreviewGroup>
    </div>
  );
}

type BlocksProps = { blocks: readonly DocumentBlock[]; onArticle(id: string): void };

function Blocks({ blocks, onArticle }: BlocksProps) {
  // biome-ignore lint/suspicious/noArrayIndexKey: a document that is read stands still
  return blocks.map((block, index) => <Block key={index} block={block} onArticle={onArticle} />);
}

type BlockOf<Type extends DocumentBlock['type']> = Extract<DocumentBlock, { type: Type }>;

function Block({ block, onArticle }: { block: DocumentBlock; onArticle(id: string): void }) {
  switch (block.type) {
    case 'paragraph':
      return (
        <p>
          <Inlines content={block.content} onArticle={onArticle} />
        </p>
      );
    case 'heading': {
      const Heading = `h${block.attrs.level}` as const;
      return (
        <Heading>
          <Inlines content={block.content} onArticle={onArticle} />
        </Heading>
      );
    }
    case 'image':
      return <Image src={`${FILES_PATH}/${block.attrs.fileId}`} alt={block.attrs.alt} />;
    case 'horizontalRule':
      return <hr />;
    case 'blockquote':
      return (
        <blockquote>
          <Blocks blocks={block.content} onArticle={onArticle} />
        </blockquote>
      );
    case 'bulletList':
      return (
        <ul>
          <Items list={block} onArticle={onArticle} />
        </ul>
      );
    case 'orderedList':
      return (
        <ol start={block.attrs?.start ?? 1}>
          <Items list={block} onArticle={onArticle} />
        </ol>
      );
    case 'table':
      return <Table table={block} onArticle={onArticle} />;
  }
}

type ItemsProps = { list: BlockOf<'bulletList' | 'orderedList'>; onArticle(id: string): void };

function Items({ list, onArticle }: ItemsProps) {
  return list.content.map(({ content }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a document that is read stands still
    <li key={index}>
      <Blocks blocks={content} onArticle={onArticle} />
    </li>
  ));
}

function Table({ table: { content: rows }, onArticle }: { table: BlockOf<'table'>; onArticle(id: string): void }) {
  const widths = (rows[0]?.content ?? []).flatMap(({ attrs }) =>
    Array.from({ length: attrs?.colspan ?? 1 }, (_, at) => attrs?.colwidth?.[at] ?? null),
  );
  return (
    <div className="article-table">
      <table>
        <colgroup>
          {widths.map((width, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a document that is read stands still
            <col key={index} {...(width === null ? {} : { style: { width } })} />
          ))}
        </colgroup>
        <tbody>
          {rows.map(({ content: cells }, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a document that is read stands still
            <tr key={row}>
              {cells.map(({ type, attrs, content }, column) => {
                const Cell = type === 'tableHeader' ? 'th' : 'td';
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a document that is read stands still
                  <Cell key={column} colSpan={attrs?.colspan ?? 1} rowSpan={attrs?.rowspan ?? 1}>
                    <Blocks blocks={content} onArticle={onArticle} />
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type InlinesProps = { content: readonly DocumentInline[] | undefined; onArticle(id: string): void };

function Inlines({ content = [], onArticle }: InlinesProps) {
  // biome-ignore lint/suspicious/noArrayIndexKey: a document that is read stands still
  return content.map((each, index) => <Fragment key={index}>{inline(each, onArticle)}</Fragment>);
}

function inline(each: DocumentInline, onArticle: (id: string) => void): ReactNode {
  if (each.type === 'hardBreak') return <br />;
  let shown: ReactNode = each.text;
  for (const mark of each.marks ?? []) shown = marked(mark, shown, onArticle);
  return shown;
}

function marked(mark: DocumentMark, inner: ReactNode, onArticle: (id: string) => void): ReactNode {
  switch (mark.type) {
    case 'bold':
      return <strong>{inner}</strong>;
    case 'italic':
      return <em>{inner}</em>;
    case 'underline':
      return <u>{inner}</u>;
    case 'strike':
      return <s>{inner}</s>;
    case 'link':
      if ('articleId' in mark.attrs)
        return (
          <ArticleLink id={mark.attrs.articleId} onArticle={onArticle}>
            {inner}
          </ArticleLink>
        );
      return (
        <a href={mark.attrs.href} target="_blank" rel="noreferrer">
          {inner}
        </a>
      );
  }
}

import type { Article, ArticleContent, StoredFile } from '@rexian/contracts';
import type { ReactNode } from 'react';
import { Attachments } from '../../files/Attachments.tsx';
import { dateMinute } from '../../platform/format.ts';
import { validityWords } from '../words.ts';
import { ArticleBody } from './ArticleBody.tsx';
import { ArticleLink } from './ArticleLink.tsx';
import './text.css';

type Props = {
  content: ArticleContent;
  /** Library and category. */
  place: string;
  /** null: it was never published. */
  issued: { version: number; at: Date } | null;
  files: readonly StoredFile[];
  /** Left out where only the text is looked at. */
  links?: Article['links'];
  onArticle(id: string): void;
};

/** What an article says: title, the answer in short, what it rests on and until when it holds, the body, and what belongs to it. */
export function ArticleText({ content, place, issued, files, links, onArticle }: Props) {
  const { title, summary, body, tags, regions, source } = content;
  return (
    <article className="article-text">
      <h1>{title}</h1>
      <p className="article-place muted">
        <span>{place}</span>
        {issued && (
          <span className="num">
            版本 {issued.version}，{dateMinute(issued.at)} 发布
          </span>
        )}
      </p>
      {summary && <p className="article-summary">{summary}</p>}
      <dl className="article-facts">
        <Fact label="依据">{source}</Fact>
        <Fact label="有效期">{validityWords(content)}</Fact>
        <Fact label="适用地区">{regions.join('、')}</Fact>
        <Fact label="标签">{tags.join('、')}</Fact>
      </dl>
      <ArticleBody document={body} onArticle={onArticle} />
      {files.length > 0 && (
        <section aria-label="附件">
          <h2>附件</h2>
          <Attachments files={files} limit={files.length} />
        </section>
      )}
      {links && <Linked title="引用的知识" to={links.out} onArticle={onArticle} />}
      {links && <Linked title="被以下知识引用" to={links.in} onArticle={onArticle} />}
    </article>
  );
}

/** Left out where there is nothing to say. */
function Fact({ label, children }: { label: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

type LinkedProps = { title: string; to: Article['links']['in']; onArticle(id: string): void };

function Linked({ title, to, onArticle }: LinkedProps) {
  if (to.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul className="article-linked">
        {to.map(({ id, title: name }) => (
          <li key={id}>
            <ArticleLink id={id} onArticle={onArticle}>
              {name}
            </ArticleLink>
          </li>
        ))}
      </ul>
    </section>
  );
}

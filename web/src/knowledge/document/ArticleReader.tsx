import type { Article } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Result, Spin } from 'antd';
import { api } from '../../platform/api.ts';
import { errorCode, errorText } from '../../platform/errors.ts';
import { Failed } from '../../platform/Failed.tsx';
import { ArticleText } from './ArticleText.tsx';

type Props = {
  id: string;
  /** An article that it leads to, or that leads to it, was clicked. */
  onArticle(id: string): void;
};

/** An article as agents read it, anywhere: beside a call, in a drawer. */
export function ArticleReader({ id, onArticle }: Props) {
  const { data, error, isPending, refetch } = useArticle(id);
  if (isPending) return <Spin className="page-spin" />;
  if (!data) {
    if (errorCode(error) === 'NOT_FOUND') return <Result status="404" title={errorText(error)} />;
    return <Failed error={error} retry={refetch} />;
  }
  return <ReadArticle article={data} onArticle={onArticle} />;
}

/** What is known of an article; asked again whenever somebody comes back to it. */
export const useArticle = (id: string) => useQuery(api.knowledge.get.queryOptions({ input: { id } }));

/** The version that is read. */
export function ReadArticle({ article, onArticle }: { article: Article; onArticle(id: string): void }) {
  const { content, files, links, version, publishedAt, category, library } = article;
  return (
    <ArticleText
      content={content}
      place={`${library.name} / ${category.path}`}
      issued={version !== null && publishedAt !== null ? { version, at: publishedAt } : null}
      files={files}
      links={links}
      onArticle={onArticle}
    />
  );
}

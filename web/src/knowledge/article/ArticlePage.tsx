import type { Article } from '@rexian/contracts';
import { Result, Spin } from 'antd';
import { errorCode, errorText } from '../../platform/errors.ts';
import { Failed } from '../../platform/Failed.tsx';
import { useTitle } from '../../platform/useTitle.ts';
import { useArticle } from '../document/ArticleReader.tsx';
import { ArticleFeedback } from '../feedback/ArticleFeedback.tsx';
import { Contents } from './Contents.tsx';
import { Head } from './Head.tsx';
import { Standing } from './Standing.tsx';
import { VersionsPanel } from './VersionsPanel.tsx';
import './article.css';

/** One article: what is read of it, what is being written, and what can be done with it. */
export function ArticlePage({ id }: { id: string }) {
  const { data, error, isPending, refetch } = useArticle(id);
  if (isPending) return <Spin className="page-spin" />;
  if (!data) {
    if (errorCode(error) === 'NOT_FOUND') return <Result status="404" title={errorText(error)} />;
    return <Failed error={error} retry={refetch} />;
  }
  return <Shown article={data} />;
}

function Shown({ article }: { article: Article }) {
  useTitle(article.title);
  return (
    <div className="article-page" data-article-state={article.state}>
      <Head article={article} />
      <div className="article-columns" data-single={article.writing === null || undefined}>
        <Contents article={article} />
        <aside>
          {article.writing && <Standing article={article} writing={article.writing} />}
          <ArticleFeedback articleId={article.id} />
          {article.writing && <VersionsPanel article={article} versions={article.writing.versions} />}
        </aside>
      </div>
    </div>
  );
}

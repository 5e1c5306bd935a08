import type { Article } from '@rexian/contracts';
import { Segmented } from 'antd';
import { useState } from 'react';
import { Difference } from '../difference/Difference.tsx';
import { ReadArticle } from '../document/ArticleReader.tsx';
import { ArticleText } from '../document/ArticleText.tsx';
import { usePlace } from '../libraries/usePlace.ts';
import { useGoing } from '../useGoing.ts';

type View = 'difference' | 'draft' | 'published';

/** What is read, what is being written, and what differs; whoever reviews sees first what differs. */
export function Contents({ article }: { article: Article }) {
  const { can, version, writing } = article;
  const going = useGoing();
  const draft = writing?.draft ?? null;
  const [chosen, setChosen] = useState<View | null>(null);
  const first: View = can.review && version !== null ? 'difference' : version === null ? 'draft' : 'published';
  const view: View = draft === null ? 'published' : (chosen ?? first);
  const word = can.review || draft?.review ? '待审内容' : '草稿';
  return (
    <main className="panel article-contents">
      {draft && version !== null && (
        <Segmented<View>
          aria-label="查看"
          value={view}
          onChange={setChosen}
          options={[
            { value: 'difference', label: `${word}与版本 ${version} 对比` },
            { value: 'draft', label: word },
            { value: 'published', label: `版本 ${version}` },
          ]}
        />
      )}
      {view === 'difference' && version !== null && (
        <Difference id={article.id} from={version} revision={writing?.revision ?? 0} />
      )}
      {view === 'draft' && draft && <Draft draft={draft} />}
      {view === 'published' && <ReadArticle article={article} onArticle={going.toArticle} />}
    </main>
  );
}

type DraftProps = { draft: NonNullable<NonNullable<Article['writing']>['draft']> };

function Draft({ draft: { content, files } }: DraftProps) {
  const going = useGoing();
  const place = usePlace(content.categoryId);
  return <ArticleText content={content} place={place} issued={null} files={files} onArticle={going.toArticle} />;
}

import type { Article } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Segmented, Spin } from 'antd';
import { useState } from 'react';
import { type Against, AgainstChoice, againstOf, otherVersion } from '../../drafts/against.tsx';
import { VersionList } from '../../drafts/VersionList.tsx';
import { api } from '../../platform/api.ts';
import { Failed } from '../../platform/Failed.tsx';
import { PageDrawer } from '../../platform/PageDrawer.tsx';
import { Difference } from '../difference/Difference.tsx';
import { ArticleText } from '../document/ArticleText.tsx';
import { usePlace } from '../libraries/usePlace.ts';
import { useGoing } from '../useGoing.ts';
import { isRead } from './useActs.ts';

type Props = { article: Article; first: number; onClose(): void };

/** The versions of an article, and what differs between them. */
export function VersionsDrawer({ article, first, onClose }: Props) {
  const [chosen, setChosen] = useState(first);
  const versions = article.writing?.versions ?? [];
  const rows = versions.map((row) => ({ ...row, restoredFrom: null }));
  const inUse = isRead(article) ? article.version : null;
  return (
    <PageDrawer open title={`“${article.title}”的历史版本`} size="min(1120px, 96vw)" onClose={onClose}>
      <div className="history">
        <VersionList
          list={{ rows, hasNextPage: false, isFetchingNextPage: false, fetchNextPage: () => undefined }}
          chosen={chosen}
          inUse={inUse}
          onChoose={setChosen}
        />
        <Version key={chosen} article={article} version={chosen} inUse={inUse} />
      </div>
    </PageDrawer>
  );
}

type View = 'text' | 'difference';
type VersionProps = { article: Article; version: number; inUse: number | null };

function Version({ article, version, inUse }: VersionProps) {
  const [view, setView] = useState<View>(version === 1 ? 'text' : 'difference');
  const [wanted, setWanted] = useState<Against>('previous');
  const hasDraft = Boolean(article.writing?.draft);
  const against = againstOf(wanted, { version, inUse, hasDraft });
  const other = otherVersion(against, { version, inUse });
  return (
    <div className="article-version">
      <header>
        <Segmented<View>
          value={view}
          onChange={setView}
          options={[
            { value: 'difference', label: '版本对比' },
            { value: 'text', label: `版本 ${version} 全文` },
          ]}
        />
        {view === 'difference' && (
          <AgainstChoice {...{ version, inUse, hasDraft }} value={against} onChange={setWanted} />
        )}
      </header>
      {view === 'text' && <Text id={article.id} version={version} />}
      {view === 'difference' && against === 'draft' && (
        <Difference id={article.id} from={version} revision={article.writing?.revision ?? 0} />
      )}
      {view === 'difference' && other !== null && (
        <Difference id={article.id} from={Math.min(other, version)} to={Math.max(other, version)} />
      )}
      {view === 'difference' && against !== 'draft' && other === null && (
        <p className="muted">这是第一个版本，没有可以对比的版本。</p>
      )}
    </div>
  );
}

function Text({ id, version }: { id: string; version: number }) {
  const going = useGoing();
  // A version never changes.
  const { data, error, isLoadingError, refetch } = useQuery(
    api.knowledge.version.queryOptions({ input: { id, version }, staleTime: Number.POSITIVE_INFINITY }),
  );
  const place = usePlace(data?.content.categoryId ?? '');
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  if (!data) return <Spin />;
  return (
    <ArticleText
      content={data.content}
      place={place}
      issued={{ version, at: data.publishedAt }}
      files={data.files}
      onArticle={going.toArticle}
    />
  );
}

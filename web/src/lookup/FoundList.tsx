import { Button, Skeleton } from 'antd';
import { Failed } from '../platform/Failed.tsx';
import type { Attach } from './Actions.tsx';
import { HitRow } from './HitRow.tsx';
import type { Looking } from './useLookup.ts';
import type { Rows } from './useRows.ts';

type Props = { rows: Rows; looking: Looking; attach: Attach | null };

/** What was found for what was asked, best first. */
export function FoundList({ rows: { found, hits }, looking, attach }: Props) {
  const { data, error, isLoadingError, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  if (!data) return <Skeleton className="panel-body" active title={false} paragraph={{ rows: 3 }} />;
  const total = data.pages[0]?.total ?? 0;
  if (total === 0) return <NothingFound looking={looking} />;
  return (
    <>
      <ol className="lookup-list" aria-label="检索结果" aria-busy={found.isPlaceholderData}>
        {hits.map(({ hit, searchId }, index) => (
          <HitRow
            key={hit.id}
            {...{ hit, searchId, looking, attach }}
            active={index === looking.active}
            onOpen={() => looking.open({ kind: hit.kind, id: hit.id, searchId, hit }, index)}
          />
        ))}
      </ol>
      {hasNextPage && (
        <Button className="lookup-more" type="link" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          更多（共 {total} 条）
        </Button>
      )}
    </>
  );
}

/** What is asked in vain is on record by itself: whoever writes knowledge sees it. */
function NothingFound({ looking: { asked, filters, step } }: { looking: Looking }) {
  const { unitId, ...narrowing } = filters;
  const isNarrowed = Object.values(narrowing).some(Boolean);
  return (
    <div className="lookup-none">
      <p>没有找到{asked?.text ? `“${asked.text}”` : '符合条件的知识'}</p>
      {isNarrowed ? (
        <Button size="small" onClick={() => step({ type: 'filtered', filters: { unitId } })}>
          在全部知识中检索
        </Button>
      ) : (
        <p className="muted">可换更短的关键词再试。没有找到的问题自动汇总给知识编辑补充，不必另行反馈。</p>
      )}
    </div>
  );
}

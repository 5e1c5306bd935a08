import { Button } from 'antd';
import { Failed } from '../platform/Failed.tsx';
import type { Attach } from './Actions.tsx';
import { FoundList } from './FoundList.tsx';
import { Highlighted } from './Highlighted.tsx';
import { PlainList } from './PlainList.tsx';
import type { Looking } from './useLookup.ts';
import type { Rows } from './useRows.ts';

type Props = { rows: Rows; looking: Looking; attach: Attach | null };

/** What stands below the search field while nothing is read. */
export function LookupList({ rows, looking, attach }: Props) {
  switch (rows.showing) {
    case 'found':
      return <FoundList {...{ rows, looking, attach }} />;
    case 'suggested':
      return <Suggested {...{ rows, looking }} />;
    case 'hot':
      return <Hot {...{ rows, looking }} />;
  }
}

function Suggested({ rows: { suggested, suggestions }, looking }: Omit<Props, 'attach'>) {
  const { error, isLoadingError, refetch } = suggested;
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  return (
    <>
      <PlainList
        name="检索建议"
        rows={suggestions.map(({ kind, id, parts }) => ({ kind, id, title: <Highlighted parts={parts} /> }))}
        looking={looking}
      />
      <Button className="lookup-more" type="link" onClick={() => looking.step({ type: 'asked' })}>
        检索“{looking.text.trim()}” <kbd>Enter</kbd>
      </Button>
    </>
  );
}

function Hot({ rows: { hot, hottest }, looking }: Omit<Props, 'attach'>) {
  const { data, error, isLoadingError, refetch } = hot;
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  if (!data) return null;
  if (hottest.length === 0) return <p className="lookup-none muted">还没有知识使用记录</p>;
  return (
    <>
      <h3 className="lookup-heading">热点知识</h3>
      <PlainList
        name="热点知识"
        rows={hottest.map(({ kind, id, title, uses, before }) => ({
          ...{ kind, id, title },
          note: `${uses} 次${uses > before ? ' ↑' : ''}`,
        }))}
        looking={looking}
      />
    </>
  );
}

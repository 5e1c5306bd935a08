import type { FlowDetail, FlowVersion } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Segmented, Spin } from 'antd';
import { useState } from 'react';
import { PAGE_CONTENT } from '../../app/pageContent.ts';
import { ListFooter } from '../../listing/ListFooter.tsx';
import { paged, paging, usePages } from '../../listing/usePages.ts';
import { api } from '../../platform/api.ts';
import { Failed } from '../../platform/Failed.tsx';
import { fullDateTime } from '../../platform/format.ts';
import { Tag } from '../../platform/Tag.tsx';
import { Compare, type Side } from './Compare.tsx';
import { RestoreDialog } from './RestoreDialog.tsx';
import './history.css';

type Props = { flow: FlowDetail; open: boolean; onClose(): void; onRestored(flow: FlowDetail): void };

/** Every version that callers heard, what it changed, and the way back to it. */
export function HistoryDrawer({ flow, open, onClose, onRestored }: Props) {
  return (
    <Drawer
      open={open}
      destroyOnHidden
      title={`发布历史：${flow.name}`}
      size="min(1360px, 100%)"
      onClose={onClose}
      getContainer={() => document.getElementById(PAGE_CONTENT) ?? document.body}
      rootStyle={{ position: 'absolute' }}
    >
      <History flow={flow} onRestored={onRestored} />
    </Drawer>
  );
}

/** The same where only the flow's id is known. */
export function HistoryOf({ flowId, onClose }: { flowId: string; onClose(): void }) {
  const { data, error, refetch } = useQuery(api.flows.get.queryOptions({ input: { id: flowId } }));
  if (error) return <Failed error={error} retry={refetch} />;
  return data ? <HistoryDrawer flow={data} open onClose={onClose} onRestored={() => void refetch()} /> : null;
}

type Against = 'previous' | 'published' | 'draft';

function History({ flow, onRestored }: Pick<Props, 'flow' | 'onRestored'>) {
  const list = usePages(api.flows.versions.infiniteOptions({ input: paged({ id: flow.id, limit: 30 }), ...paging }));
  const [chosen, setChosen] = useState<number | null>(null);
  const [against, setAgainst] = useState<Against>('previous');
  const [restoring, setRestoring] = useState<FlowVersion | null>(null);
  const current = list.rows.find(({ version }) => version === chosen) ?? list.rows[0];
  if (list.error) return <Failed error={list.error} retry={list.refetch} />;
  if (list.isPending) return <Spin />;
  if (!current) return <p className="muted">尚未发布过</p>;
  const isPublished = current.version === flow.published?.version;
  const isFirst = current.version === 1;
  const compared = isFirst && against === 'previous' && !isPublished ? 'published' : against;
  return (
    <div className="history">
      <nav className="history-versions" aria-label="版本">
        {list.rows.map((row) => (
          <button
            type="button"
            key={row.version}
            aria-current={row.version === current.version}
            onClick={() => setChosen(row.version)}
          >
            <span>
              <b>版本 {row.version}</b>
              {row.version === flow.published?.version && <Tag tone="ready">使用中</Tag>}
              {row.restoredFrom !== null && <span className="muted">回退自版本 {row.restoredFrom}</span>}
            </span>
            <span className="muted num">
              {fullDateTime(row.publishedAt)} {row.publishedBy}
            </span>
            {row.note && <span>{row.note}</span>}
          </button>
        ))}
        <ListFooter
          shown={list.rows.length}
          more={list.hasNextPage}
          busy={list.isFetchingNextPage}
          onMore={list.fetchNextPage}
        />
      </nav>
      <div className="history-version">
        <header>
          <Segmented<Against>
            options={[
              { value: 'previous', label: '与上一版本比较', disabled: isFirst },
              { value: 'published', label: '与使用中的版本比较', disabled: isPublished },
              { value: 'draft', label: '与草稿比较', disabled: !flow.draft },
            ]}
            value={compared}
            onChange={setAgainst}
          />
          {flow.can.change && !isPublished && (
            <Button danger onClick={() => setRestoring(current)}>
              回退到版本 {current.version}
            </Button>
          )}
        </header>
        <Comparison flow={flow} version={current.version} against={compared} key={current.version} />
      </div>
      {restoring && (
        <RestoreDialog
          flow={flow}
          version={restoring}
          onClose={() => setRestoring(null)}
          onRestored={(restored) => {
            setChosen(null);
            setAgainst('previous');
            onRestored(restored);
          }}
        />
      )}
    </div>
  );
}

/** The version beside another; an older one stands on the left. */
function Comparison({ flow, version, against }: { flow: FlowDetail; version: number; against: Against }) {
  const { published, draft } = flow;
  const isPublished = version === published?.version;
  const other =
    against === 'published' && !isPublished ? (published?.version ?? null) : version > 1 ? version - 1 : null;
  const mine = useVersion(flow.id, version);
  const theirs = useVersion(flow.id, against === 'draft' && draft ? null : other);
  const failed = mine.error ? mine : theirs.error ? theirs : null;
  if (failed) return <Failed error={failed.error} retry={failed.refetch} />;
  if (!mine.data || theirs.isLoading) return <Spin />;
  const shown: Side = { title: `版本 ${version}`, document: mine.data.document };
  if (against === 'draft' && draft)
    return <Compare unitId={flow.unit.id} before={shown} after={{ title: '草稿', document: flow.document }} />;
  const beside: Side | null =
    (theirs.data && {
      ...{ title: `版本 ${theirs.data.version}`, document: theirs.data.document },
    }) ||
    null;
  const newer = other !== null && other > version;
  if (newer && beside) return <Compare unitId={flow.unit.id} before={shown} after={beside} />;
  return <Compare unitId={flow.unit.id} before={beside} after={shown} />;
}

/** A version never changes; null: none is wanted. */
const useVersion = (id: string, version: number | null) =>
  useQuery({
    ...api.flows.version.queryOptions({ input: { id, version: version ?? 1 }, staleTime: Number.POSITIVE_INFINITY }),
    enabled: version !== null,
  });

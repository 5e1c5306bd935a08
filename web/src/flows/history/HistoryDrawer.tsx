import type { FlowDetail, FlowVersion } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Spin } from 'antd';
import { useState } from 'react';
import { type Against, AgainstChoice, againstOf, otherVersion } from '../../drafts/against.tsx';
import { RestoreDialog } from '../../drafts/RestoreDialog.tsx';
import { VersionList } from '../../drafts/VersionList.tsx';
import { paged, paging, usePages } from '../../listing/usePages.ts';
import { api, client } from '../../platform/api.ts';
import { Failed } from '../../platform/Failed.tsx';
import { PageDrawer } from '../../platform/PageDrawer.tsx';
import { Compare, type Side } from './Compare.tsx';
import './history.css';

type Props = { flow: FlowDetail; open: boolean; onClose(): void; onRestored(flow: FlowDetail): void };

/** Every version that callers heard, what it changed, and the way back to it. */
export function HistoryDrawer({ flow, open, onClose, onRestored }: Props) {
  return (
    <PageDrawer open={open} title={`发布历史：${flow.name}`} size="min(1360px, 100%)" onClose={onClose}>
      <History flow={flow} onRestored={onRestored} />
    </PageDrawer>
  );
}

/** The same where only the flow's id is known. */
export function HistoryOf({ flowId, onClose }: { flowId: string; onClose(): void }) {
  const { data, error, isLoadingError, refetch } = useQuery(api.flows.get.queryOptions({ input: { id: flowId } }));
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  return data ? <HistoryDrawer flow={data} open onClose={onClose} onRestored={() => void refetch()} /> : null;
}

function History({ flow, onRestored }: Pick<Props, 'flow' | 'onRestored'>) {
  const list = usePages(api.flows.versions.infiniteOptions({ input: paged({ id: flow.id, limit: 30 }), ...paging }));
  const [chosen, setChosen] = useState<number | null>(null);
  const [against, setAgainst] = useState<Against>('previous');
  const [restoring, setRestoring] = useState<FlowVersion | null>(null);
  const current = list.rows.find(({ version }) => version === chosen) ?? list.rows[0];
  if (list.isLoadingError) return <Failed error={list.error} retry={list.refetch} />;
  if (list.isPending) return <Spin />;
  if (!current) return <p className="muted">尚未发布过</p>;
  const inUse = flow.published?.version ?? null;
  const of = { version: current.version, inUse, hasDraft: flow.draft !== null };
  const { version } = of;
  const compared = againstOf(against, of);
  return (
    <div className="history">
      <VersionList list={list} chosen={version} inUse={inUse} onChoose={setChosen} />
      <div className="history-version">
        <header>
          <AgainstChoice {...of} value={compared} onChange={setAgainst} />
          {flow.can.change && version !== inUse && (
            <Button danger onClick={() => setRestoring(current)}>
              回退到版本 {version}
            </Button>
          )}
        </header>
        <Comparison flow={flow} version={version} against={compared} key={version} />
      </div>
      {restoring && (
        <RestoreDialog
          name={flow.name}
          version={restoring.version}
          told={`新来电立即使用；进行中的通话不受影响${flow.draft ? '，草稿保留' : ''}`}
          done="新来电立即生效"
          run={(note) => client.flows.restore({ id: flow.id, version: restoring.version, note })}
          touches={[api.flows.list.key(), api.flows.versions.key()]}
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
  const other = otherVersion(against, { version, inUse: published?.version ?? null });
  const mine = useVersion(flow.id, version);
  const theirs = useVersion(flow.id, other);
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

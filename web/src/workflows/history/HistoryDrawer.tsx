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
import { type Workflow, workflowOf } from '../workflow.ts';
import { Compare, type Side } from './Compare.tsx';

type Props = { workflow: Workflow; onClose(): void; onRestored(): void };

/** Every version that orders walked by, what it changed, and the way back to it. */
export function HistoryDrawer({ workflow, onClose, onRestored }: Props) {
  return (
    <PageDrawer open title={`发布历史：${workflow.name}`} size="min(1360px, 96vw)" onClose={onClose}>
      <History workflow={workflow} onRestored={onRestored} />
    </PageDrawer>
  );
}

/** The same where only the workflow's id is known. */
export function HistoryOf({ workflowId, onClose }: { workflowId: string; onClose(): void }) {
  const { data, error, isLoadingError, refetch } = useQuery(
    api.workflows.get.queryOptions({ input: { id: workflowId } }),
  );
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  return data ? (
    <HistoryDrawer workflow={workflowOf(data)} onClose={onClose} onRestored={() => void refetch()} />
  ) : null;
}

function History({ workflow, onRestored }: Omit<Props, 'onClose'>) {
  const { id, name, published, draft, can } = workflow;
  const list = usePages(api.workflows.versions.infiniteOptions({ input: paged({ id, limit: 30 }), ...paging }));
  const [chosen, setChosen] = useState<number | null>(null);
  const [against, setAgainst] = useState<Against>('previous');
  const [restoring, setRestoring] = useState(false);
  const current = list.rows.find(({ version }) => version === chosen) ?? list.rows[0];
  if (list.isLoadingError) return <Failed error={list.error} retry={list.refetch} />;
  if (list.isPending) return <Spin />;
  if (!current) return <p className="muted">尚未发布过</p>;
  const inUse = published?.version ?? null;
  const of = { version: current.version, inUse, hasDraft: draft !== null };
  const { version } = of;
  const compared = againstOf(against, of);
  return (
    <div className="history">
      <VersionList list={list} chosen={version} inUse={inUse} onChoose={setChosen} />
      <div className="history-version">
        <header>
          <AgainstChoice {...of} value={compared} onChange={setAgainst} />
          {can.change && version !== inUse && (
            <Button danger onClick={() => setRestoring(true)}>
              回退到版本 {version}
            </Button>
          )}
        </header>
        <Comparison {...{ workflow, version }} against={compared} key={`${version} ${compared}`} />
      </div>
      {restoring && (
        <RestoreDialog
          name={name}
          version={version}
          told={`新工单立即使用；办理中的工单不受影响${draft ? '，草稿保留' : ''}`}
          done="新工单立即生效"
          run={(note) => client.workflows.restore({ id, version, note })}
          touches={[api.workflows.list.key(), api.workflows.versions.key()]}
          onClose={() => setRestoring(false)}
          onRestored={() => {
            setChosen(null);
            setAgainst('previous');
            onRestored();
          }}
        />
      )}
    </div>
  );
}

type ComparisonProps = { workflow: Workflow; version: number; against: Against };

/** The version beside another; the older one stands first. */
function Comparison({ workflow: { id, published, document }, version, against }: ComparisonProps) {
  const other = otherVersion(against, { version, inUse: published?.version ?? null });
  const mine = useVersion(id, version);
  const theirs = useVersion(id, other);
  const failed = mine.error ? mine : theirs.error ? theirs : null;
  if (failed) return <Failed error={failed.error} retry={failed.refetch} />;
  if (!mine.data || theirs.isLoading) return <Spin />;
  const shown = sideOf(mine.data);
  if (against === 'draft') return <Compare before={shown} after={{ title: '草稿', drawing: document }} />;
  const beside = theirs.data ? sideOf(theirs.data) : null;
  if (beside && other !== null && other > version) return <Compare before={shown} after={beside} />;
  return <Compare before={beside} after={shown} />;
}

const sideOf = ({ version, drawing }: { version: number; drawing: string }): Side => ({
  ...{ title: `版本 ${version}`, drawing },
});

/** A version never changes; null: none is wanted. */
const useVersion = (id: string, version: number | null) =>
  useQuery({
    ...api.workflows.version.queryOptions({
      input: { id, version: version ?? 1 },
      staleTime: Number.POSITIVE_INFINITY,
    }),
    enabled: version !== null,
  });

import type { WorkflowSummary } from '@rexian/contracts';
import { Spin } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useSettled } from '../../forms/useSettled.ts';
import { ListTable } from '../../listing/ListTable.tsx';
import { actionColumn } from '../../listing/RowActions.tsx';
import { paged, paging, usePages } from '../../listing/usePages.ts';
import { api } from '../../platform/api.ts';
import { useTitle } from '../../platform/useTitle.ts';
import { CopyWorkflowDialog } from './CopyWorkflowDialog.tsx';
import { workflowColumns } from './columns.tsx';
import { ChangeWorkflowForm, ImportWorkflowForm, NewWorkflowForm } from './Forms.tsx';
import { InForce } from './InForce.tsx';
import { WorkflowActions } from './WorkflowActions.tsx';
import { type WorkflowFilter, WorkflowTools } from './WorkflowTools.tsx';

// It draws, which takes a large library.
const HistoryOf = lazy(async () => ({ default: (await import('../history/HistoryDrawer.tsx')).HistoryOf }));

type Opened = { what: 'new' | 'import' } | { what: 'change' | 'copy' | 'history'; workflow: WorkflowSummary };

/** 工单流程: what orders walk by, by unit, kind and category. */
export function WorkflowList() {
  useTitle('工单流程');
  const [filter, setFilter] = useState<WorkflowFilter>({ search: '' });
  const [opened, setOpened] = useState<Opened | null>(null);
  const { unitId, kind } = filter;
  const search = useSettled(filter.search.trim());
  const asked = { limit: 50, ...(unitId && { unitId }), ...(kind && { kind }), ...(search && { search }) };
  const list = usePages(api.workflows.list.infiniteOptions({ input: paged(asked), ...paging }));
  const close = () => setOpened(null);
  const actions = (workflow: WorkflowSummary) => (
    <WorkflowActions workflow={workflow} onOpen={(what) => setOpened({ what, workflow })} />
  );
  return (
    <div className="list-page">
      <WorkflowTools filter={filter} onFilter={setFilter} onOpen={(what) => setOpened({ what })} />
      {unitId && <InForce unitId={unitId} />}
      <ListTable
        list={list}
        columns={[...workflowColumns, actionColumn(190, actions)]}
        scroll={{ x: 1240 }}
        empty="还没有工单流程"
      />
      {opened?.what === 'new' && <NewWorkflowForm onClose={close} />}
      {opened?.what === 'import' && <ImportWorkflowForm onClose={close} />}
      {opened?.what === 'change' && <ChangeWorkflowForm workflow={opened.workflow} onClose={close} />}
      {opened?.what === 'copy' && <CopyWorkflowDialog workflow={opened.workflow} onClose={close} />}
      {opened?.what === 'history' && (
        <Suspense fallback={<Spin className="page-spin" />}>
          <HistoryOf workflowId={opened.workflow.id} onClose={close} />
        </Suspense>
      )}
    </div>
  );
}

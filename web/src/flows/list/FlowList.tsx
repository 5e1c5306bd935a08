import { type FlowSummary, flowName } from '@rexian/contracts';
import { useState } from 'react';
import { RenameForm } from '../../drafts/RenameForm.tsx';
import { useSettled } from '../../forms/useSettled.ts';
import { ListTable } from '../../listing/ListTable.tsx';
import { actionColumn } from '../../listing/RowActions.tsx';
import { paged, paging, usePages } from '../../listing/usePages.ts';
import { api, client } from '../../platform/api.ts';
import { useTitle } from '../../platform/useTitle.ts';
import { HistoryOf } from '../history/HistoryDrawer.tsx';
import { CopyFlowDialog } from './CopyFlowDialog.tsx';
import { flowColumns } from './columns.tsx';
import { FlowActions } from './FlowActions.tsx';
import { type FlowFilter, FlowTools } from './FlowTools.tsx';
import { ImportFlowForm, NewFlowForm } from './Forms.tsx';

/** What is open beside the list. */
type Opened = { what: 'new' | 'import' } | { what: 'rename' | 'copy' | 'history'; flow: FlowSummary };

/** 流程管理: what callers are led through, and who is changing it. */
export function FlowList() {
  useTitle('流程管理');
  const [filter, setFilter] = useState<FlowFilter>({ search: '' });
  const [opened, setOpened] = useState<Opened | null>(null);
  const { unitId } = filter;
  const search = useSettled(filter.search.trim());
  const asked = { limit: 50, ...(unitId ? { unitId } : {}), ...(search ? { search } : {}) };
  const list = usePages(api.flows.list.infiniteOptions({ input: paged(asked), ...paging }));
  const close = () => setOpened(null);
  const actions = (flow: FlowSummary) => <FlowActions flow={flow} onOpen={(what) => setOpened({ what, flow })} />;
  return (
    <div className="list-page">
      <FlowTools filter={filter} onFilter={setFilter} onOpen={(what) => setOpened({ what })} />
      <ListTable
        list={list}
        columns={[...flowColumns, actionColumn(190, actions)]}
        scroll={{ x: 1180 }}
        empty="还没有流程"
      />
      {opened?.what === 'new' && <NewFlowForm onClose={close} />}
      {opened?.what === 'import' && <ImportFlowForm onClose={close} />}
      {opened?.what === 'rename' && (
        <RenameForm
          name={opened.flow.name}
          nameRule={flowName}
          run={(name) => client.flows.rename({ id: opened.flow.id, name })}
          touches={[api.flows.key()]}
          onClose={close}
        />
      )}
      {opened?.what === 'copy' && <CopyFlowDialog flow={opened.flow} onClose={close} />}
      {opened?.what === 'history' && <HistoryOf flowId={opened.flow.id} onClose={close} />}
    </div>
  );
}

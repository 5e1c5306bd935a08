import { UploadOutlined } from '@ant-design/icons';
import type { WorkOrderKind } from '@rexian/contracts';
import { Button, Select } from 'antd';
import { may, useViewer } from '../../auth/viewer.ts';
import { AddButton } from '../../listing/AddButton.tsx';
import { SearchInput } from '../../listing/SearchInput.tsx';
import { UnitSelect } from '../../units/UnitSelect.tsx';
import { KIND_CHOICES } from './kindChoices.ts';

export interface WorkflowFilter {
  search: string;
  unitId?: string | undefined;
  kind?: WorkOrderKind | undefined;
}

type Props = {
  filter: WorkflowFilter;
  onFilter(filter: WorkflowFilter): void;
  onOpen(what: 'new' | 'import'): void;
};

/** Conditions of the list, and the ways to a new workflow. */
export function WorkflowTools({ filter, onFilter, onOpen }: Props) {
  const manages = may(useViewer(), 'workflows.manage');
  return (
    <section className="list-tools" aria-label="查询条件">
      <SearchInput
        label="搜索工单流程"
        placeholder="流程名称"
        value={filter.search}
        onChange={(search) => onFilter({ ...filter, search })}
      />
      <Select<WorkOrderKind | null>
        aria-label="工单类型"
        placeholder="全部类型"
        allowClear
        style={{ width: 140 }}
        options={KIND_CHOICES}
        value={filter.kind ?? null}
        onChange={(kind) => onFilter({ ...filter, kind: kind ?? undefined })}
      />
      <UnitSelect
        placeholder="全部机构"
        allowClear
        style={{ width: 220 }}
        value={filter.unitId ?? null}
        onChange={(unitId) => onFilter({ ...filter, unitId })}
      />
      {manages && (
        <div className="list-end">
          <Button icon={<UploadOutlined />} onClick={() => onOpen('import')}>
            导入
          </Button>
          <AddButton onClick={() => onOpen('new')}>新建工单流程</AddButton>
        </div>
      )}
    </section>
  );
}

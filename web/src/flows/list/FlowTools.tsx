import { UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { may, useViewer } from '../../auth/viewer.ts';
import { AddButton } from '../../listing/AddButton.tsx';
import { SearchInput } from '../../listing/SearchInput.tsx';
import { UnitSelect } from '../../units/UnitSelect.tsx';

export interface FlowFilter {
  search: string;
  unitId?: string | undefined;
}

type Props = { filter: FlowFilter; onFilter(filter: FlowFilter): void; onOpen(what: 'new' | 'import'): void };

/** Conditions of the list, and the ways to a new flow. */
export function FlowTools({ filter, onFilter, onOpen }: Props) {
  const manages = may(useViewer(), 'flows.manage');
  return (
    <section className="list-tools" aria-label="查询条件">
      <SearchInput
        label="搜索流程"
        placeholder="流程名称"
        value={filter.search}
        onChange={(search) => onFilter({ ...filter, search })}
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
          <AddButton onClick={() => onOpen('new')}>新建流程</AddButton>
        </div>
      )}
    </section>
  );
}

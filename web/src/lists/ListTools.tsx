import { type ListKind, listKind } from '@rexian/contracts';
import { Segmented, Select } from 'antd';
import { may, useViewer } from '../auth/viewer.ts';
import { AddButton } from '../listing/AddButton.tsx';
import { NumberSearch } from '../listing/NumberSearch.tsx';
import { UnitSelect } from '../units/UnitSelect.tsx';
import type { EntryFilter } from './useEntries.ts';

type Props = { filter: EntryFilter; onFilter(filter: EntryFilter): void; onAdd(): void };

const kinds = [
  { value: 'all', label: '全部' },
  ...listKind.values.map((value) => ({ value, label: listKind.labels[value] })),
];
const states = [
  { value: 'active', label: '有效' },
  { value: 'expired', label: '已到期' },
  { value: 'all', label: '全部' },
];

/** Conditions of the list. A number is searched on Enter: whole, or its last four digits. */
export function ListTools({ filter, onFilter, onAdd }: Props) {
  const viewer = useViewer();
  const { kind, unitId, expired } = filter;
  const change = (changed: { [Key in keyof EntryFilter]: EntryFilter[Key] | undefined }) => {
    const entries = Object.entries({ ...filter, ...changed }).filter(([, value]) => value !== undefined);
    onFilter(Object.fromEntries(entries) as EntryFilter);
  };
  return (
    <section className="list-tools" aria-label="查询条件">
      <Segmented
        options={kinds}
        value={kind ?? 'all'}
        onChange={(value) => change({ kind: value === 'all' ? undefined : (value as ListKind) })}
      />
      <NumberSearch number={filter.number} onSearch={(number) => change({ number })} />
      <UnitSelect
        placeholder="全部机构"
        allowClear
        style={{ width: 220 }}
        value={unitId ?? null}
        onChange={(value) => change({ unitId: value })}
      />
      <Select
        aria-label="状态"
        style={{ width: 100 }}
        options={states}
        value={expired === undefined ? 'all' : expired ? 'expired' : 'active'}
        onChange={(value) => change({ expired: value === 'all' ? undefined : value === 'expired' })}
      />
      <div className="list-end">{may(viewer, 'lists.manage') && <AddButton onClick={onAdd}>加入名单</AddButton>}</div>
    </section>
  );
}

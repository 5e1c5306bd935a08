import type { UnitRef } from '@rexian/contracts';
import { TreeSelect } from 'antd';
import { unitChoices } from './unitChoices.ts';

type Props = {
  /** What there is to choose from, which need not be the viewer's whole scope. */
  units: readonly UnitRef[];
  value: string | undefined;
  /** Pixels. */
  width: number;
  onChange(unitId: string | undefined): void;
};

/** Narrows a list to one unit of those that occur in it. */
export function UnitFilter({ units, value, width, onChange }: Props) {
  return (
    <TreeSelect<string | undefined>
      allowClear
      treeLine
      treeDefaultExpandAll
      popupMatchSelectWidth={false}
      aria-label="机构"
      placeholder="全部机构"
      style={{ width }}
      showSearch={{ treeNodeFilterProp: 'title' }}
      treeData={unitChoices(units)}
      value={value}
      onChange={onChange}
    />
  );
}
